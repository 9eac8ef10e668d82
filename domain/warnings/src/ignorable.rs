//! Words that say nothing about which substances a medicine holds: numbers, units, forms, ways of taking, makers, salts.
//! They are passed over, and never named as something that was not compared. A word that may stand for a further
//! substance ("plus", "forte", "extra", "max", "cold", a single letter) is not among them, and what says nothing in some
//! places only is judged where it stands, by [`super::in_place`].

use super::{in_place::is_number, names::bent};

/// Passed over wherever they stand.
const ANYWHERE: &str = "\
    an and as at by per each every for from in into of on or the to \
    unit international million thousand percent ww wv mcgdose \
    hourly daily weekly fortnightly alternate monthly yearly \
    bedtime once twice thrice one two three four five six seven eight ten half quarter time dose dosage \
    od bd bid tds tid qds qid qd qhs qam qpm prn inr stat po iv im sc sl pr pv neb mdi dpi top \
    before after food meal needed required necessary directed when if up over take use apply only strength \
    tablet tab capsule cap caplet pill lozenge pastille granule sachet powder suspension susp solution soln sol \
    syrup elixir linctus mixture liquid drop spray puff inhaler inhalation inhaled nebuliser nebulizer nebule \
    evohaler accuhaler turbohaler turbuhaler easibreathe easyhaler respimat handihaler diskus autohaler clickhaler \
    cfc hfa cream ointment gel lotion foam mousse paste shampoo scalp patch plaster transdermal suppository pessary \
    enema implant ampoule amp vial injection inj injectable infusion pen pre filled prefilled flexpen kwikpen \
    solostar penfill autoinjector injector auto syringe cartridge refill pump device mouthwash gargle rinse wash \
    hard soft actuation metered film coated enteric gastro gastroresistant resistant modified prolonged extended \
    sustained controlled delayed immediate release releasing retard depot acting dispersible effervescent soluble \
    chewable orodispersible disintegrating melt sugar free scored crushed single pack bottle box strip \
    sr mr xl xr er la cr ec ir dr odt mups zydis ds \
    oral mouth topical intravenous intramuscular subcutaneous sublingual buccal rectal rectally vaginal nasal \
    nostril nose eye ear ophthalmic otic skin \
    adult child children infant paediatric pediatric junior jr baby \
    pharma pharmaceutical ltd gmbh bp usp generic brand branded equivalent tradename medicine medication drug";

/// Passed over wherever they stand, too.
const MAKERS: &str = "\
    accord actavis almus apotex aurobindo bayer biogaran cipla crescent gsk hexal heumann krka merck msd mylan novartis \
    pfizer ranbaxy ratiopharm roche sandoz sanofi stada teva viatris winthrop wockhardt zentiva";

/// Passed over behind a number only.
const UNITS: &str = "\
    g gr gram gramme kg mcg mg ug ng microgram microgramme milligram milligramme nanogram \
    ml cl dl l litre liter millilitre milliliter mmol mol meq iu ui ie u unit mgml";

/// Passed over as part of a time only.
const TIMES: &str = "hr hour min minute second day night week fortnight month year morning noon evening";

/// Passed over in some other places only.
const SOMEWHERE: &str = "a h q v w x ac pc mane nocte nightly max maximum multi double fast slow long short";

/// The other half of a salt, and what it is bound to: passed over beside the name of a substance.
const BOUND: &str = "\
    acetate acetonide acid aspartate axetil besilate besylate bromide butyrate carbonate cilexetil chloride citrate \
    dihydrate dihydrochloride dimesylate dipropionate disodium disoproxil edisilate embonate enantate erbumine ester \
    arginine ethylsuccinate fumarate furoate gluconate glycinate hcl hemihydrate hydrobromide hydrochloride hydrate \
    hydrogen hydroxide isethionate lactate lysine maleate malate medoxomil mesilate mesylate methylsulfate monohydrate \
    napsilate nitrate olamine oxalate oxide palmitate pamoate phosphate pidolate pivoxil proxetil propionate sesquihydrate \
    stearate succinate sulfate sulphate tartrate bitartrate tosilate tosylate tert butylamine trihydrate tromethamine \
    trometamol valerate xinafoate anhydrous salt base micronised micronized benzathine decanoate etexilate bisulfate \
    bisulphate hyclate hemifumarate";

/// Metals of salts: beside a name they are its salt, by themselves a substance of their own. Zinc and aluminium are hardly
/// ever the salt of another.
const METALS: &str = "sodium potassium calcium magnesium";

/// Behind a metal these make a substance of its own with it: "magnesium oxide".
const MINERALS: &str = "\
    oxide hydroxide carbonate chloride citrate gluconate lactate sulfate sulphate acetate aspartate pidolate bromide";

/// What people write around the name of what somebody is allergic to, and what it did to them.
const ABOUT_ALLERGIES: &str = "\
    allergy allergic intolerance intolerant hypersensitivity sensitivity sensitive reaction adverse side effect severe \
    moderate mild serious suspected possible probable confirmed known history hx of past previous childhood unspecified \
    group class family type product preparation containing derivative related any all other induced \
    rash hive urticaria itch itching itchy pruritus anaphylaxis anaphylactic anaphylactoid shock swelling swollen \
    angioedema angiooedema oedema edema nausea vomiting vomit sick diarrhoea diarrhea wheeze wheezing bronchospasm \
    breathless breathlessness collapse collapsed face lip tongue throat widespread maculopapular blister \
    contact";

/// What is said beside the name of an allergen, and by itself is one that nobody knows: "kiwi fruit", "fruit".
const BESIDE_ALLERGENS: &str = "sting bite venom fur hair dander pollen animal fruit seed nut food glove band";

/// Whether a word is one of these, in the singular or the plural.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    bent(word).any(|form| list.split_ascii_whitespace().any(|listed| listed == form))
}

/// Whether the word is a form, a way of taking or a maker, wherever it stands.
pub(super) fn is_always_harmless(word: &str) -> bool {
    is_in(ANYWHERE, word) || is_maker(word)
}

pub(super) fn is_maker(word: &str) -> bool {
    is_in(MAKERS, word)
}

pub(super) fn is_unit(word: &str) -> bool {
    is_in(UNITS, word)
}

pub(super) fn is_time(word: &str) -> bool {
    is_in(TIMES, word)
}

/// Whether the word can be a number, a unit, a form, a way of taking or a maker.
pub(super) fn may_say_nothing(word: &str) -> bool {
    is_number(word) || [ANYWHERE, MAKERS, UNITS, TIMES, SOMEWHERE].iter().any(|list| is_in(list, word))
}

/// Whether the word is half of a salt.
pub(super) fn is_bound(word: &str) -> bool {
    is_metal(word) || is_in(BOUND, word)
}

pub(super) fn is_metal(word: &str) -> bool {
    is_in(METALS, word)
}

/// Whether the word makes a substance of its own with the metal before it.
pub(super) fn is_mineral(word: &str) -> bool {
    is_in(MINERALS, word)
}

/// Whether the word stands around the name of an allergy.
pub(super) fn is_about_an_allergy(word: &str) -> bool {
    is_in(ABOUT_ALLERGIES, word)
}

pub(super) fn is_beside_an_allergen(word: &str) -> bool {
    is_in(BESIDE_ALLERGENS, word)
}

/// Words that join the parts of a combination. "Plus" is judged where it stands.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "and" | "with" | "und" | "mit" | "et" | "avec" | "con" | "without")
}
