//! Every word is read for itself, and nothing that no table knows passes in silence.

use proptest::prelude::*;
use rstest::rstest;

use super::{Comparison, KnownAllergy, Severity, choices, compare, folded, read_allergy, suggestions};

fn compared(medicine: &str, allergies: &[&str], taken: &[&str]) -> Comparison {
    let allergies: Vec<_> =
        allergies.iter().map(|substance| KnownAllergy { substance, coded: &[], reaction: None }).collect();
    compare(medicine, &allergies, taken)
}

fn is_danger(found: &Comparison) -> bool {
    found.warnings.first().is_some_and(|warning| warning.severity == Severity::Danger)
}

#[rstest]
#[case("Amoxicilin/clavulanic acid 875/125 mg")]
#[case("Amoxicilin/clavulanic acid")]
#[case("Amoxicillin/clavulanc acid")]
#[case("amoxicillin + clavulanc acid")]
#[case("amoxicilin + clavulanc acid")]
#[case("clavulanic acid/amoxicilin")]
#[case("clavulanic acid and amoxycilin")]
#[case("Co-amoxyclav")]
#[case("Co amoxiclav 500/125")]
#[case("CO-AMOXICLAV")]
#[case("coamoxyclav tablets")]
#[case("Augmentin")]
#[case("Augmentine 1 g")]
#[case("Augmentin (amoxicilin with clavulanic acid)")]
#[case("Augmentin-Duo 400/57")]
#[case("Amoxil")]
#[case("amoxicillin trihydrate 250 mg capsules")]
#[case("Amoxicillin (as sodium) 500 mg powder for solution for injection")]
#[case("amoxicilline")]
#[case("amoxicilina")]
#[case("AMOXICILLINUM")]
#[case("a\u{300}moxicillin")]
#[case("\u{e0}moxicillin")]
#[case("\u{ff21}moxicillin")]
#[case("amoxi\u{200b}cillin")]
#[case("amoxi\u{ad}cillin")]
#[case("Amoxicillin-clavulanate")]
#[case("amoxicillin & clavulanate potassium")]
#[case("amoxicillin, clavulanic acid")]
#[case("paracetamol, amoxicilin")]
#[case("flucloxacilin")]
#[case("pivmecilinam")]
#[case("Tazocin 4.5 g IV")]
#[case("piperacilin/tazobactam")]
#[case("Pen V 250 mg")]
#[case("penicilin")]
fn a_penicillin_is_found_however_it_is_written(
    #[case] medicine: &str,
    #[values("Penicillin", "PCN", "Pencillin", "penicilina", "Amoxicilin", "Augmentin")] allergy: &str,
) {
    let found = compared(medicine, &[allergy], &[]);
    assert!(is_danger(&found), "{medicine} to {allergy}: {found:?}");
}

#[rstest]
#[case("PCN", "Amoxicillin 500 mg")]
#[case("Pencillin", "Amoxicillin 500 mg")]
#[case("Penicillin V", "Flucloxacillin")]
#[case("penicillins - rash", "Amoxicillin")]
#[case("allergic to penicillin (anaphylaxis)", "Amoxicillin")]
#[case("Amoxil", "co-amoxiclav")]
#[case("ASA", "Aspirin 75 mg")]
#[case("ASA", "Ibuprofen 400 mg")]
#[case("asprin", "Naproxen")]
#[case("acetylsalicylic acid", "aspirin")]
#[case("NSAID", "Diclofenac 50 mg")]
#[case("NSAIDS", "ibuprofin")]
#[case("anti-inflammatories", "Naproxen")]
#[case("non-steroidals", "Naproxen")]
#[case("Nurofen", "ibuprofen")]
#[case("sulfa", "Co-trimoxazole")]
#[case("Sulpha", "Septrin")]
#[case("sulfur", "co-trimoxazole")]
#[case("sulfonomides", "sulfamethoxazole")]
#[case("Bactrim", "sulfadiazine")]
#[case("TMP/SMX", "trimethoprim")]
#[case("Septra DS", "co-trimoxazole")]
#[case("Keflex", "cefadroxil")]
#[case("cephalosporines", "cefuroxime")]
#[case("Erythromicin", "erythromycin")]
#[case("Cipro", "levofloxacin")]
#[case("Ramiprill", "lisinopril")]
#[case("peanut", "Arachis oil")]
fn an_allergy_is_read_however_it_is_written(#[case] allergy: &str, #[case] medicine: &str) {
    let found = compared(medicine, &[allergy], &[]);
    assert!(is_danger(&found), "{found:?}");
}

/// What is named as not compared: the words of the medicine, of the allergies, and of what is taken.
#[rstest]
#[case("Amoxicillin/foobaric acid", &[], &[], &["“foobaric acid”"])]
#[case("Zorblax", &[], &[], &["“Zorblax”"])]
#[case("Panadol Extra", &[], &[], &["“Extra”"])]
#[case("paracetamol with zorblax and quibbene", &[], &[], &["“zorblax”", "“quibbene”"])]
#[case("Amoxicillin 500 mg", &["Zorblax"], &[], &["allergy to “Zorblax”"])]
#[case("Amoxicillin 500 mg", &["penicillin and Zorblax"], &[], &["allergy to “Zorblax”"])]
#[case("Amoxicillin 500 mg", &["Egg"], &[], &["allergy to “eggs (as an ingredient)”"])]
#[case("Amoxicillin 500 mg", &["Antibiotics"], &[], &["allergy to “Antibiotics”"])]
#[case("Amoxicillin 500 mg", &["rash"], &[], &["allergy to “rash”"])]
#[case("Amoxicillin 500 mg", &["Амоксициллин"], &[], &["allergy to “Амоксициллин”"])]
#[case("Амоксициллин", &[], &[], &["“Амоксициллин”"])]
#[case("阿莫西林", &[], &[], &["“阿莫西林”"])]
#[case("Amoxicillin 阿莫西林", &[], &[], &["“阿莫西林”"])]
#[case("Amlodipine", &[], &["Omega-3 fish oil 1 g"], &["other medicine “Omega-3 fish oil”"])]
#[case("Amlodipine", &[], &["Vitamin B12 1000 mcg"], &["other medicine “Vitamin B12”"])]
#[case("Ramipril 5 mg / potassium citrate", &[], &[], &["“potassium citrate”"])]
#[case("Ramipril (potassium citrate)", &[], &[], &["“potassium citrate”"])]
#[case("Potassium citrate", &[], &[], &["“Potassium citrate”"])]
#[case("500 mg", &[], &[], &["“500 mg”"])]
#[case("???", &[], &[], &["“???”"])]
#[case("one tablet", &[], &[], &["“one tablet”"])]
#[case("grass pollen extract", &[], &[], &["“grass pollen extract”"])]
#[case("Amoxicillin", &["codeine and pen"], &[], &["allergy to “pen”"])]
#[case("Amoxicillin", &["latex, pen"], &[], &["allergy to “pen”"])]
#[case("Amoxicillin", &["codeine/pen/amp"], &[], &["allergy to “pen”", "allergy to “amp”"])]
#[case("Amoxicillin", &["ペニシリン"], &[], &["allergy to “ペニシリン”"])]
fn every_word_that_no_table_knows_is_named(
    #[case] medicine: &str,
    #[case] allergies: &[&str],
    #[case] taken: &[&str],
    #[case] named: &[&str],
) {
    let found = compared(medicine, allergies, taken);
    let said = found.not_compared.join(" ");
    for piece in named {
        assert!(said.contains(piece), "{piece}: {said}");
    }
    assert_eq!(said.matches('“').count(), named.len(), "{said}");
    assert!(said.starts_with("Not compared: "), "{said}");
}

#[rstest]
#[case("Amoxicillin 500 mg capsules")]
#[case("Amoxicillin trihydrate")]
#[case("Amoxicillin (as trihydrate) 250 mg/5 ml oral suspension, sugar-free")]
#[case("Amoxicillin (sodium) 1 g powder for solution for injection IV")]
#[case("Co-amoxiclav 500/125 mg film-coated tablets")]
#[case("amoxicillin / clavulanate potassium 875 mg/125 mg")]
#[case("Metformin hydrochloride 500 mg SR")]
#[case("Diclofenac sodium 75 mg gastro-resistant tablet")]
#[case("Naproxen sodium")]
#[case("Losartan potassium 50 mg + hydrochlorothiazide 12.5 mg")]
#[case("Esomeprazole magnesium trihydrate")]
#[case("Atorvastatin calcium 20mg Teva")]
#[case("Isosorbide mononitrate 60 mg XL")]
#[case("Nifedipine LA 30 mg once daily at night")]
#[case("Salbutamol 100 micrograms/dose inhaler CFC")]
#[case("Lantus SoloStar 100 units/ml pre-filled pen")]
#[case("Hydrocortisone 1% cream")]
#[case("Morphine sulfate 10 mg/5 ml oral solution")]
#[case("Betamethasone valerate 0.1% ointment")]
#[case("Fluticasone propionate 50 µg nasal spray, 2 puffs in each nostril")]
#[case("Ibuprofen 400 mg tablets Sandoz, 1 tablet three times a day with food")]
#[case("NAPROXEN 500MG TAB PO BID PRN")]
#[case("Timolol 0.25% eye drops")]
#[case("Ibuprofen lysine")]
#[case("Amoxicillin 500 mg p.o. t.d.s., 2 x 500 mg up to 4 times a day")]
#[case("Paracetamol 1 g i.v. q6h")]
fn words_that_say_nothing_about_the_substance_are_not_named(#[case] medicine: &str) {
    let found = compared(medicine, &["Latex"], &["Paracetamol 1 g tablets"]);
    assert_eq!(found.not_compared, Vec::<String>::new());
    assert!(found.is_known);
}

#[rstest]
#[case("Latex")]
#[case("Hazel pollen")]
#[case("Birch pollen")]
#[case("Grass pollen")]
#[case("Hay fever")]
#[case("Bee stings")]
#[case("House dust mites")]
#[case("cat hair")]
#[case("Strawberries")]
#[case("Kiwi fruit")]
#[case("Sticking plasters")]
#[case("Nickel")]
#[case("Peanuts")]
#[case("tree nuts")]
#[case("Shellfish - anaphylaxis")]
fn an_allergy_to_no_medicine_is_understood(#[case] allergy: &str) {
    let found = compared("Amoxicillin", &[allergy], &[]);
    assert_eq!((found.warnings, found.not_compared), (vec![], vec![]), "{allergy}");
    assert!(!read_allergy(allergy, &[]).read_as.is_empty());
}

#[rstest]
#[case("Zorblax", "Zorblax 5 mg")]
#[case("Zorblaxumab", "zorblaxumap injection")]
#[case("Chlorhexidine", "Chlorhexidin mouthwash")]
fn an_unknown_allergy_warns_about_the_same_unknown_word_and_about_almost_the_same(
    #[case] allergy: &str,
    #[case] medicine: &str,
) {
    let found = compared(medicine, &[allergy], &[]);
    assert!(is_danger(&found), "{found:?}");
    assert!(!found.not_compared.is_empty());
}

#[test]
fn a_guess_is_told_as_one_wherever_it_was_made() {
    let found = compared("Amoxicilin", &["Pencillin"], &["Wafarin"]);
    let text = found.warnings.iter().map(|warning| warning.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(text.contains("Recorded allergy: Pencillin, read as penicillin."), "{text}");
    assert!(text.contains("“Amoxicilin” is not in our table and was read as amoxicillin."), "{text}");
    assert_eq!(
        found.not_compared,
        [
            "Compared by its likely spelling: allergy to “Pencillin”, read as penicillin.",
            "Compared by its likely spelling: other medicine “Wafarin”, read as warfarin."
        ]
    );
}

#[rstest]
#[case::all("Amoxicillin", &["Latex"], true)]
#[case::of_the_medicine("Amoxicillin/zorblax", &["Latex"], false)]
#[case::of_the_allergy("Amoxicillin", &["Zorblax"], false)]
#[case::another_medicine_is_no_allergy("Amoxicillin", &[], true)]
fn it_is_known_whether_all_allergies_were_compared(
    #[case] medicine: &str,
    #[case] allergies: &[&str],
    #[case] all: bool,
) {
    assert_eq!(compared(medicine, allergies, &["Barzumab"]).are_allergies_compared, all);
}

#[rstest]
#[case("Pencillin", &["Penicillin"])]
#[case("pencillin (rash)", &["Penicillin (rash)"])]
#[case("Amoxicilin/clavulanc acid", &["Amoxicillin/clavulanic acid"])]
#[case("Amoxi", &["Amoxicillin", "Amoxiclav"])]
#[case("strawbery", &["Strawberry"])]
#[case("Morfin", &["Morphine"])]
#[case("kodein", &["Codeine"])]
#[case("Penicillin", &[])]
#[case("PCN", &[])]
#[case("Zorblax", &[])]
#[case("", &[])]
fn what_may_have_been_meant_is_offered(#[case] typed: &str, #[case] offered: &[&str]) {
    assert_eq!(suggestions(typed, true), offered);
}

#[test]
fn everything_that_can_be_chosen_is_understood_as_a_whole() {
    let all = choices();
    assert!(all.len() > 300 && all.is_sorted(), "{}", all.len());
    for name in ["Penicillin", "NSAID", "Latex", "Amoxicillin"] {
        assert!(all.iter().any(|choice| choice == name), "{name}");
    }
    for choice in &all {
        let read = read_allergy(choice, &[]);
        assert!(!read.read_as.is_empty() && !read.is_guessed, "{choice}: {read:?}");
        assert!(read.not_compared.iter().all(|piece| piece.ends_with("(as an ingredient)")), "{choice}: {read:?}");
    }
}

#[rstest]
#[case("Penicillin", &["penicillin"])]
#[case("PCN", &["penicillin"])]
#[case("Augmentin", &["co-amoxiclav"])]
#[case("NSAIDs", &["NSAID"])]
#[case("ASA", &["aspirin"])]
#[case("penicillin and latex", &["penicillin", "latex"])]
#[case("Pencillin", &["penicillin"])]
#[case("Zorblax", &[])]
fn an_allergy_is_called_by_one_name(#[case] allergy: &str, #[case] names: &[&str]) {
    assert_eq!(read_allergy(allergy, &[]).read_as, names);
}

#[test]
fn what_was_coded_when_it_was_entered_counts_beside_the_words() {
    let coded = ["penicillin".to_owned()];
    let allergy = KnownAllergy { substance: "The white syrup", coded: &coded, reaction: None };
    assert!(is_danger(&compare("Amoxicillin", &[allergy], &[])));
}

#[rstest]
#[case("Amoxicillin 500mg", "amoxicillin  500 MG", true)]
#[case("Ibuprof\u{e8}ne", "ibuprofe\u{300}ne", true)]
#[case("Vitamin D 1000 IU", "Vitamin D 2000 IU", false)]
#[case("???", "!!!", false)]
fn the_same_thing_folds_to_the_same_text(#[case] one: &str, #[case] other: &str, #[case] same: bool) {
    assert_eq!(folded(one) == folded(other), same);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_unknown_is_silent(medicine in "\\PC{0,30}", allergy in "\\PC{1,30}") {
        let found = compared(&medicine, &[&allergy], &[]);
        let read = read_allergy(&allergy, &[]);
        prop_assert!(allergy.trim().is_empty() || !read.read_as.is_empty() || !found.not_compared.is_empty());
        let _ = suggestions(&allergy, true);
        let _ = suggestions(&medicine, false);
    }
}
