//! Words that say nothing about which substances a medicine holds: numbers, units, forms, ways of taking, makers, salts.
//! They are passed over, and never named as something that was not compared. A word that may stand for a further
//! substance ("extra", "duo", "cold") is not among them.

use super::names::bent;

/// Passed over wherever they stand.
const ANYWHERE: &str = "\
    a an and as at by each every for from in into of on or the to \
    g gr gram gramme kg mcg mg ug ng microgram microgramme milligram milligramme nanogram \
    ml cl dl l litre liter millilitre milliliter mmol mol meq iu ui ie u unit international million thousand percent v w ww wv x \
    mgml mcgdose hr h hourly hour min minute second day daily week weekly fortnight fortnightly alternate month monthly year nightly night morning noon evening \
    bedtime mane nocte once twice thrice one two three four five six seven eight ten half quarter time dose dosage \
    od bd bid tds tid qds qid qd q qhs qam qpm prn inr stat ac pc po iv im sc sl pr pv ng neb mdi dpi top \
    before after food meal needed required necessary directed when if up over take use apply only maximum max strength \
    tablet tab capsule cap caplet pill lozenge pastille granule sachet powder suspension susp solution soln sol syrup \
    elixir linctus mixture liquid drop spray puff inhaler inhalation inhaled nebuliser nebulizer nebule evohaler accuhaler \
    turbohaler turbuhaler easibreathe easyhaler respimat handihaler diskus autohaler clickhaler cfc hfa cream ointment gel lotion foam \
    mousse paste shampoo scalp patch plaster transdermal suppository pessary enema implant ampoule amp vial injection inj \
    injectable infusion pen pre filled prefilled flexpen kwikpen solostar penfill autoinjector injector auto syringe cartridge \
    refill pump device mouthwash gargle rinse wash \
    film coated enteric gastro gastroresistant resistant modified prolonged extended sustained controlled delayed \
    immediate slow fast release releasing retard depot long acting short dispersible effervescent soluble chewable \
    orodispersible disintegrating melt sugar free scored crushed double single multi pack bottle box strip \
    sr mr xl xr er la cr ec ir dr odt mups zydis forte mite ds \
    oral mouth topical intravenous intramuscular subcutaneous sublingual buccal rectal rectally vaginal nasal nostril nose eye ear \
    ophthalmic otic skin \
    adult child children infant paediatric pediatric junior baby \
    pharma pharmaceutical ltd gmbh bp usp kit generic brand branded equivalent tradename medicine medication drug \
    accord actavis almus apotex aurobindo bayer biogaran cipla crescent gsk hexal heumann krka merck msd mylan novartis \
    pfizer ranbaxy ratiopharm roche sandoz sanofi stada teva viatris winthrop wockhardt zentiva";

/// The other half of a salt, and what it is bound to: passed over beside the name of a substance.
const BOUND: &str = "\
    acetate acetonide acid aspartate axetil besilate besylate bromide butyrate carbonate cilexetil chloride citrate \
    dihydrate dihydrochloride dimesylate dipropionate disodium disoproxil edisilate embonate enantate erbumine ester \
    arginine ethylsuccinate fumarate furoate gluconate glycinate hcl hemihydrate hydrobromide hydrochloride hydrate \
    hydrogen hydroxide isethionate lactate lysine maleate malate medoxomil mesilate mesylate methylsulfate monohydrate \
    napsilate nitrate olamine oxalate oxide palmitate pamoate phosphate pidolate pivoxil proxetil propionate sesquihydrate \
    stearate succinate sulfate sulphate tartrate bitartrate tosilate tosylate tert butylamine trihydrate tromethamine \
    trometamol valerate xinafoate anhydrous salt base micronised micronized benzathine procaine";

/// Metals of salts: beside a name they are its salt, by themselves a substance of their own.
const METALS: &str = "sodium potassium calcium magnesium zinc aluminium aluminum";

/// What people write around the name of what somebody is allergic to, and what it did to them.
const ABOUT_ALLERGIES: &str = "\
    allergy allergic intolerance intolerant hypersensitivity sensitivity sensitive reaction adverse side effect severe \
    moderate mild serious suspected possible probable confirmed known history hx of past previous childhood unspecified \
    group class family type product preparation containing derivative related any all other induced \
    rash hive urticaria itch itching itchy pruritus anaphylaxis anaphylactic anaphylactoid shock swelling swollen \
    angioedema angiooedema oedema edema nausea vomiting vomit sick diarrhoea diarrhea wheeze wheezing bronchospasm \
    breathless breathlessness collapse collapsed face lip tongue throat widespread maculopapular blister \
    sting bite venom fur hair dander pollen animal fruit seed nut food contact glove band";

/// Whether a word is one of these, in the singular or the plural.
fn is_listed(list: &str, word: &str) -> bool {
    bent(word).any(|form| list.split_ascii_whitespace().any(|listed| listed == form))
}

/// Whether the word is a number, a unit, a form, a way of taking or a maker.
pub(super) fn says_nothing(word: &str) -> bool {
    word.chars().all(char::is_numeric) || is_listed(ANYWHERE, word)
}

/// Whether the word is half of a salt.
pub(super) fn is_bound(word: &str) -> bool {
    is_metal(word) || is_listed(BOUND, word)
}

pub(super) fn is_metal(word: &str) -> bool {
    is_listed(METALS, word)
}

/// Whether the word stands around the name of an allergy.
pub(super) fn is_about_an_allergy(word: &str) -> bool {
    is_listed(ABOUT_ALLERGIES, word)
}

/// Words that join the parts of a combination.
pub(super) fn joins(word: &str) -> bool {
    matches!(word, "and" | "with" | "plus" | "und" | "mit" | "et" | "avec" | "con" | "without")
}
