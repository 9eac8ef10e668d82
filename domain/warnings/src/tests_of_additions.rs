//! What may name a further ingredient beside a name is understood or named, wherever it stands; what is harmless is neither.

use rstest::rstest;

use super::{Comparison, KnownAllergy, Severity, compare, read_allergy};

fn compared(medicine: &str, allergies: &[&str], taken: &[&str]) -> Comparison {
    let allergies: Vec<_> =
        allergies.iter().map(|substance| KnownAllergy { substance, coded: &[], reaction: None }).collect();
    compare(medicine, &allergies, taken)
}

#[rstest]
#[case("Irbesartan-Plus", "Plus")]
#[case("Irbesartan Plus 300/12.5 mg", "Plus")]
#[case("Ramipril Plus", "Plus")]
#[case("Ramipril Plus 5 mg tablets", "Plus")]
#[case("Ramipril Plus ramipril 5 mg", "Plus")]
#[case("Ramipril plus, amlodipine", "plus")]
#[case("Ramipril+ 5 mg", "+")]
#[case("Telmisartan H", "H")]
#[case("Telmisartan H 80 mg", "H")]
#[case("Telmisartan 80 mg H", "H")]
#[case("Telmisartan 80H", "H")]
#[case("Valsartan 160 H", "H")]
#[case("Valsartan/H", "H")]
#[case("Valsartan 160 mg/H", "H")]
#[case("Valsartan 160/12 H", "H")]
#[case("Valsartan (h)", "h")]
#[case("Ramipril D", "D")]
#[case("Amlodipine A", "A")]
#[case("Amlodipine A 5 mg", "A")]
#[case("Aspirin C", "C")]
#[case("Aspirin G", "G")]
#[case("Aspirin 500 mg U", "U")]
#[case("Aspirin V", "V")]
#[case("Aspirin X", "X")]
#[case("Aspirin L 500 mg", "L")]
#[case("Naproxen Mg", "Mg")]
#[case("Esomeprazole (Mg)", "Mg")]
#[case("Paracetamol AC 10 ml", "AC")]
#[case("Paracetamol PC", "PC")]
#[case("Panadol Plus", "Plus")]
#[case("Panadol Night", "Night")]
#[case("Panadol Night 500 mg", "Night")]
#[case("Panadol 500 mg Night", "Night")]
#[case("Panadol tablets (night)", "night")]
#[case("Panadol Day tablets", "Day")]
#[case("Panadol Nocte", "Nocte")]
#[case("Paracetamol Forte", "Forte")]
#[case("Paracetamol 500 mg forte", "forte")]
#[case("Paracetamol Max", "Max")]
#[case("Paracetamol Max 500 mg", "Max")]
#[case("Paracetamol 500 mg Max", "Max")]
#[case("Paracetamol Maximum", "Maximum")]
#[case("Ibuprofen Double", "Double")]
#[case("Ibuprofen Fast", "Fast")]
#[case("Ibuprofen Multi", "Multi")]
#[case("Ibuprofen Kit", "Kit")]
#[case("Paracetamol 3", "3")]
#[case("Paracetamol No. 3", "No. 3")]
#[case("Paracetamol #3", "3")]
#[case("Aspirin with", "with")]
#[case("Aspirin magnesium oxide", "magnesium oxide")]
#[case("Aspirin aluminium", "aluminium")]
#[case("Vitamin D calcium", "calcium")]
#[case("Calcium vitamin D3", "Calcium")]
#[case("Calcium plus vitamin D", "Calcium")]
#[case("Paracetamol 3 300 mg", "3")]
#[case("Augmentin Forte", "Forte")]
#[case("Telmisartan HCT", "HCT")]
#[case("Micardis Duo", "Duo")]
#[case("Panadol Extra", "Extra")]
#[case("Panadol Complex", "Complex")]
fn what_may_name_a_further_ingredient_is_named(#[case] medicine: &str, #[case] word: &str) {
    let named = |what: &str| vec![format!("Not compared: {what}“{word}”.")];
    assert_eq!(compared(medicine, &["Latex"], &[]).not_compared, named(""), "{medicine}");
    assert_eq!(compared("Bisoprolol", &[], &[medicine]).not_compared, named("other medicine "), "{medicine}");
    assert_eq!(compared("Bisoprolol", &[medicine], &[]).not_compared, named("allergy to "), "{medicine}");
    assert_eq!(read_allergy(medicine, &[]).not_compared, [word], "{medicine}");
}

#[rstest]
#[case("Micardis Plus 80/12.5 mg")]
#[case("MicardisPlus")]
#[case("Micardis Plus")]
#[case("Micardis+ 80 mg")]
#[case("Micardus Plus")]
#[case("Coversyl Plus")]
#[case("Olmetec Plus 20/12.5")]
#[case("Co-Diovan")]
#[case("telmisartan plus hydrochlorothiazide")]
#[case("telmisartan 80 mg plus 12.5 mg hydrochlorothiazide")]
fn a_brand_with_a_thiazide_warns_of_an_allergy_to_thiazides(#[case] medicine: &str) {
    let found = compared(medicine, &["Thiazides"], &[]);
    assert_eq!(found.warnings.first().map(|warning| warning.severity), Some(Severity::Danger), "{found:?}");
    assert!(found.not_compared.is_empty(), "{found:?}");
}

#[rstest]
#[case("Tylenol 3")]
#[case("Tylenol No. 3")]
#[case("Tylenol #3")]
#[case("Tylenol-3 tablets")]
#[case("Tylenol 3 1 tablet")]
#[case("Tylenol 3 300/30 mg")]
#[case("TYLENOL NO 4")]
#[case("Tylenol with codeine")]
#[case("Tylenol plus codeine 30 mg")]
#[case("Co-codamol 30/500")]
#[case("Panadeine Forte")]
#[case("Nurofen Plus")]
fn a_brand_with_codeine_warns_of_an_allergy_to_codeine(#[case] medicine: &str) {
    let found = compared(medicine, &["Codeine"], &[]);
    assert_eq!(found.warnings.first().map(|warning| warning.severity), Some(Severity::Danger), "{found:?}");
    assert!(found.not_compared.is_empty(), "{found:?}");
}

/// Whoever is told of each "mg" stops reading.
#[rstest]
#[case("Telmisartan 80 mg")]
#[case("Telmisartan 80mg tablets")]
#[case("Telmisartan 80")]
#[case("Amlodipine 5")]
#[case("Warfarin 3")]
#[case("Telmisartan 0.02 g")]
#[case("Co-amoxiclav 80/12.5 mg")]
#[case("Nifedipine XR 30 mg")]
#[case("Nifedipine retard")]
#[case("Metformin hydrochloride 500 MG film-coated tablets, twice daily")]
#[case("Paracetamol 2 tablets")]
#[case("Paracetamol 1 g every 6 h")]
#[case("Paracetamol 500 mg q6h, max 4 g daily")]
#[case("Paracetamol 500 mg x 2")]
#[case("Paracetamol 2 x 500 mg")]
#[case("Paracetamol 3 times a day")]
#[case("Paracetamol 500 mg 3 x daily")]
#[case("Paracetamol 1.5 g")]
#[case("Paracetamol 120 mg/5 ml, 5 ml a day")]
#[case("Fentanyl 25 mcg/h patch")]
#[case("Fentanyl 25 micrograms/hour")]
#[case("Fentanyl 25 mcg/72 h")]
#[case("Insulin glargine 100 U/ml")]
#[case("Enoxaparin 4000 IU")]
#[case("Heparin 5 million units per day")]
#[case("Betamethasone 0.1% w/w cream")]
#[case("Amitriptyline 10 mg at night")]
#[case("Amitriptyline 10 mg nocte")]
#[case("Bisoprolol 5 mg morning and night")]
#[case("Metoprolol succinate 50 mg in the morning")]
#[case("Metformin 500 mg tds pc")]
#[case("Amoxicillin 500 mg for 7 days")]
#[case("Ramipril 5 mg/day")]
#[case("Oxycodone slow-release 10 mg")]
#[case("Insulin detemir long acting")]
#[case("Ibuprofen double strength")]
#[case("Ibuprofen for children")]
#[case("Esomeprazole magnesium dihydrate 20 mg")]
#[case("Dexamethasone sodium phosphate 4 mg/ml")]
#[case("Amoxicillin and clavulanic acid")]
#[case("Amoxicillin 500 mg capsules, hard")]
#[case("Paracetamol 500 mg 1 tablet x 3")]
#[case("Paracetamol 500 mg 3 times/day")]
#[case("Paracetamol 500 mg 3x/day")]
#[case("Paracetamol 500 mg q4-6h")]
#[case("Paracetamol 2 000 mg")]
#[case("Salbutamol 2 puffs/day")]
#[case("Co-codamol 8/500 2 tablets")]
#[case("Dabigatran etexilate 150 mg")]
#[case("Doxycycline hyclate 100 mg")]
fn what_is_harmless_is_not_named(#[case] medicine: &str) {
    let found = compared(medicine, &["Latex"], &[]);
    assert_eq!(found.not_compared, Vec::<String>::new(), "{medicine}");
    assert!(found.is_known);
    assert_eq!(compared("Cetirizine", &[medicine], &[medicine]).not_compared, Vec::<String>::new(), "{medicine}");
}

#[test]
fn a_salt_that_acts_by_itself_is_an_ingredient() {
    for medicine in ["Benzylpenicillin procaine", "Procaine penicillin 600 mg"] {
        let found = compared(medicine, &["Procaine"], &[]);
        assert_eq!(found.warnings.first().map(|warning| warning.severity), Some(Severity::Danger), "{found:?}");
    }
}

#[rstest]
#[case("Penicillin, fruit", &["fruit"])]
#[case("Penicillin and food", &["food"])]
#[case("Kiwi fruit", &[])]
#[case("Penicillin (rash)", &[])]
#[case("Nickel (contact)", &[])]
fn a_food_beside_a_medicine_is_an_allergy_of_its_own(#[case] allergy: &str, #[case] named: &[&str]) {
    assert_eq!(read_allergy(allergy, &[]).not_compared, named);
}
