//! What a doctor would be told, and what not.

use proptest::prelude::*;
use rstest::rstest;

use super::{KnownAllergy, NOT_IN_TABLE, NOTHING_FOUND, Severity, Warning, compare};

fn warnings(medicine: &str, allergies: &[KnownAllergy<'_>], taken: &[&str]) -> Vec<Warning> {
    compare(medicine, allergies, taken).warnings
}

fn is_known(medicine: &str) -> bool {
    compare(medicine, &[], &[]).is_known
}

fn to_allergy(medicine: &str, substance: &str) -> Vec<Warning> {
    let allergy = KnownAllergy { substance, coded: &[], reaction: None };
    warnings(medicine, &[allergy], &[])
}

fn worst(found: &[Warning]) -> Option<Severity> {
    found.first().map(|warning| warning.severity)
}

#[rstest]
#[case::the_same_substance("Amoxicillin 500 mg capsules", "amoxicillin")]
#[case::a_class("Augmentin 625", "Penicillin")]
#[case::a_combination("co-amoxiclav 625", "AMOXICILLIN")]
#[case::another_of_the_class("flucloxacillin", "Amoxicillin")]
#[case::an_accent("amoxicilline 1 g", "Pénicilline")]
#[case::a_similar_side_chain("Cefalexin 500mg", "penicillin")]
#[case::another_similar_side_chain("cefaclor", "penicillin V")]
#[case::the_reverse("amoxicillin", "cefalexin")]
#[case::sulfa("Septrin", "sulfa drugs")]
#[case::sulfa_to_sulfasalazine("Sulfasalazine", "co-trimoxazole")]
#[case::a_part_of_a_combination("trimethoprim 200 mg", "Co-trimoxazole")]
#[case::nsaids("Naproxen", "NSAIDs")]
#[case::two_substances("diclofenac", "aspirin and ibuprofen")]
#[case::aspirin_after_an_nsaid("Aspirin 75mg", "ibuprofen")]
#[case::an_nsaid_after_aspirin("Nurofen", "aspirin")]
#[case::ace_inhibitors("Lisinopril", "ramipril")]
#[case::a_synonym("Tylenol", "paracetamol")]
#[case::peanut_oil("Arachis oil enema", "peanuts")]
#[case::an_unknown_medicine("Foozumab 20 mg", "foozumab")]
#[case::a_leftover_word("Chlorhexidine mouthwash", "penicillin and chlorhexidine")]
fn a_recorded_allergy_is_a_danger(#[case] medicine: &str, #[case] allergy: &str) {
    let found = to_allergy(medicine, allergy);
    assert_eq!(worst(&found), Some(Severity::Danger), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[rstest]
#[case::a_later_cephalosporin("cefuroxime", "penicillin")]
#[case::cefazolin("cefazolin", "amoxicillin")]
#[case::a_carbapenem("Meropenem", "penicillin")]
#[case::an_arb_after_an_ace_inhibitor("losartan", "ramipril")]
#[case::an_arb_after_the_class("losartan", "ACE inhibitors")]
#[case::another_macrolide("azithromycin", "erythromycin")]
#[case::celecoxib_after_sulfa("celecoxib", "sulfonamides")]
fn a_less_likely_cross_reaction_is_a_caution(#[case] medicine: &str, #[case] allergy: &str) {
    let found = to_allergy(medicine, allergy);
    assert_eq!(worst(&found), Some(Severity::Caution), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[rstest]
#[case::a_thiazide_after_sulfa("Bendroflumethiazide 2.5 mg", "sulfa")]
#[case::furosemide_after_sulfa("furosemide", "co-trimoxazole")]
#[case::paracetamol_after_nsaids("Paracetamol 500 mg", "NSAIDs")]
#[case::a_macrolide_after_penicillin("clarithromycin", "penicillin")]
#[case::a_class_that_only_interacts_alike("venlafaxine", "SSRIs")]
#[case::form_words("Metformin 500 mg tablets", "coated tablets")]
#[case::acids("folic acid", "fusidic acid")]
#[case::part_of_a_word("Nystatin", "statin")]
#[case::no_allergy("amoxicillin", "NKDA")]
#[case::a_salt("Naproxen sodium", "sodium")]
fn an_unrelated_allergy_says_nothing(#[case] medicine: &str, #[case] allergy: &str) {
    assert_eq!(to_allergy(medicine, allergy), []);
}

#[test]
fn the_warning_repeats_the_record_and_its_reaction() {
    let allergy = KnownAllergy { substance: " penicillin\n", coded: &[], reaction: Some("rash") };
    let found = warnings("Amoxicillin", &[allergy], &[]);
    let text = found.first().map_or("", |warning| warning.text.as_str());
    assert_eq!(text, "Recorded allergy: Penicillin (rash). This medicine is one of the penicillins: amoxicillin.");
}

#[rstest]
#[case::the_same_under_a_brand("ibuprofen", "Nurofen 200 mg", Severity::Caution)]
#[case::of_the_same_class("naproxen", "ibuprofen", Severity::Caution)]
#[case::hidden_in_a_combination("Paracetamol 1 g", "co-codamol 30/500", Severity::Danger)]
#[case::two_anticoagulants("apixaban", "warfarin", Severity::Danger)]
#[case::a_class_named_in_the_list("simvastatin", "a statin", Severity::Caution)]
#[case::insulin_without_its_kind("insulin", "insulin", Severity::Caution)]
#[case::insulins_of_one_kind("Lantus", "insulin degludec", Severity::Caution)]
#[case::two_steroid_creams("Dermovate cream", "hydrocortisone cream", Severity::Caution)]
fn a_duplicate_is_named_once(#[case] medicine: &str, #[case] taken: &str, #[case] severity: Severity) {
    let found = warnings(medicine, &[], &[taken]);
    assert_eq!(worst(&found), Some(severity), "{found:?}");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[rstest]
#[case::steroid_inhaler_and_tablet("Clenil inhaler", "prednisolone 5 mg tablets")]
#[case::steroid_cream_and_tablet("hydrocortisone 1% cream", "hydrocortisone 10 mg tablets")]
#[case::steroid_cream_and_inhaler("Betnovate", "Symbicort")]
#[case::nose_and_lungs("Fluticasone nasal spray", "Seretide")]
#[case::basal_and_mealtime_insulin("Lantus", "NovoRapid")]
#[case::reliever_and_preventer("salbutamol", "salmeterol")]
#[case::metformin("metformin", "gliclazide")]
#[case::unknown("Foozumab", "Barzumab")]
fn what_belongs_together_is_no_duplicate(#[case] medicine: &str, #[case] taken: &str) {
    assert_eq!(warnings(medicine, &[], &[taken]), []);
}

#[rstest]
#[case("warfarin", "ibuprofen", Severity::Danger)]
#[case("sertraline", "phenelzine", Severity::Danger)]
#[case("sertraline", "sumatriptan", Severity::Caution)]
#[case("linezolid", "sertraline", Severity::Danger)]
#[case("ramipril", "spironolactone", Severity::Caution)]
#[case("losartan", "Sando-K", Severity::Caution)]
#[case("simvastatin", "clarithromycin", Severity::Danger)]
#[case("methotrexate", "trimethoprim", Severity::Danger)]
#[case("methotrexate", "co-trimoxazole", Severity::Danger)]
#[case("Viagra", "GTN spray", Severity::Danger)]
#[case("sildenafil", "Rectogesic ointment", Severity::Danger)]
#[case("morphine", "diazepam", Severity::Danger)]
#[case("lithium", "naproxen", Severity::Danger)]
#[case("Priadel", "lisinopril", Severity::Danger)]
#[case("lithium", "indapamide", Severity::Danger)]
#[case("digoxin", "amiodarone", Severity::Danger)]
#[case("clopidogrel", "omeprazole", Severity::Caution)]
#[case("tramadol", "sertraline", Severity::Caution)]
#[case("citalopram", "haloperidol", Severity::Danger)]
#[case("ondansetron", "haloperidol", Severity::Caution)]
#[case("Entresto", "ramipril", Severity::Danger)]
#[case("Microgynon", "carbamazepine", Severity::Danger)]
#[case("St John\u{2019}s wort", "paroxetine", Severity::Danger)]
#[case("simvastatin", "Fucibet", Severity::Caution)]
#[case("ARBs", "spironolactone", Severity::Caution)]
#[case("simvastatin", "Fucidin cream", Severity::Caution)]
#[case("simvastatin", "fusidic acid tablets", Severity::Danger)]
#[case("warfarin", "Daktarin oral gel", Severity::Danger)]
fn a_known_interaction_warns_both_ways(#[case] one: &str, #[case] other: &str, #[case] severity: Severity) {
    for (medicine, taken) in [(one, other), (other, one)] {
        let found = warnings(medicine, &[], &[taken]);
        assert_eq!(worst(&found), Some(severity), "{found:?}");
    }
}

#[test]
fn one_rule_gives_one_warning_that_names_all_concerned() {
    let found = warnings("Warfarin", &[], &["ibuprofen", "naproxen", "Nurofen"]);
    let texts: Vec<&str> = found.iter().map(|warning| warning.text.as_str()).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts.iter().all(|text| text.starts_with("Warfarin with ibuprofen and naproxen:")));
}

#[test]
fn one_harm_of_one_pair_is_said_once_and_at_its_worst() {
    let found = warnings("citalopram", &[], &["amiodarone"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(worst(&found), Some(Severity::Danger));
}

#[test]
fn danger_comes_before_caution() {
    let allergy = KnownAllergy { substance: "ramipril", coded: &[], reaction: Some("cough") };
    let found = warnings("losartan", &[allergy], &["lithium", "spironolactone", "candesartan"]);
    assert!(found.is_sorted_by_key(|warning| warning.severity), "{found:?}");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn the_same_allergy_recorded_twice_is_said_once() {
    let allergy = KnownAllergy { substance: "penicillin", coded: &[], reaction: None };
    assert_eq!(warnings("amoxicillin", &[allergy, allergy], &[]).len(), 1);
}

#[rstest]
#[case("Amoxicillin500mg", true)]
#[case("ACETAMINOPHEN", true)]
#[case("albuterol inhaler", true)]
#[case("epinephrine", true)]
#[case("frusemide 40", true)]
#[case("Ibuprofène", true)]
#[case("Zolgensma", false)]
#[case("Nystatin", false)]
#[case("", false)]
#[case("500 mg", false)]
fn the_table_knows_a_medicine_or_not(#[case] medicine: &str, #[case] known: bool) {
    assert_eq!(is_known(medicine), known);
}

#[test]
fn the_fixed_sentences_do_not_promise_safety() {
    assert!(NOTHING_FOUND.contains("not mean that it is safe"));
    assert!(NOT_IN_TABLE.contains("not checked"));
    assert_eq!(warnings("", &[], &[""]), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_read_without_a_panic(
        medicine in ".{0,60}", substance in ".{0,60}", reaction in ".{0,200}", taken in ".{0,60}",
    ) {
        let allergy = KnownAllergy { substance: &substance, coded: &[], reaction: Some(&reaction) };
        let _ = warnings(&medicine, &[allergy], &[&taken]);
        let _ = warnings("co-codamol", &[allergy], &[&taken, "warfarin", "morphine"]);
        let _ = is_known(&medicine);
    }

    #[test]
    fn noise_around_a_name_does_not_hide_it(strength in 1u32..2000, noise in "[ ,./()-]{1,5}") {
        let medicine = format!("{noise}AMOXICILLIN{noise}{strength}mg{noise}caps");
        prop_assert!(is_known(&medicine));
        prop_assert_eq!(to_allergy(&medicine, "penicillin").len(), 1);
    }
}
