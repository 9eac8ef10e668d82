//! What the common tests are, for patients.
//!
//! Written for SecureMed in plain words after the pages named beside each row, on 30 November 2026; **a doctor of the clinic
//! should read them** before patients do. They say what is measured and never what a value means for somebody.

use super::test_names::plain_name;

/// MedlinePlus, Medical Tests. US National Library of Medicine.
const MEDLINE: &str = "MedlinePlus, US National Library of Medicine";
/// NHS, Health A to Z: tests and treatments.
const NHS: &str = "NHS, Health A to Z";

/// A test in plain words.
struct Explained {
    /// As [`plain_name`] gives them.
    names: &'static [&'static str],
    says: &'static str,
    source: &'static str,
}

const fn test(names: &'static [&'static str], says: &'static str, source: &'static str) -> Explained {
    Explained { names, says, source }
}

static TESTS: [Explained; 26] = [
    test(
        &["potassium", "k"],
        "Potassium is a salt that nerves, muscles and the heart need. The kidneys keep it in balance.",
        MEDLINE,
    ),
    test(&["sodium", "na"], "Sodium is a salt that keeps the amount of water in the body in balance.", MEDLINE),
    test(&["calcium"], "Calcium builds bones and teeth, and muscles and nerves need it too.", MEDLINE),
    test(
        &["creatinine"],
        "Creatinine is waste from the muscles. The kidneys remove it, so it shows how well they work.",
        MEDLINE,
    ),
    test(&["egfr", "estimated-gfr"], "The eGFR estimates how much blood the kidneys clean in a minute.", NHS),
    test(&["urea"], "Urea is waste from protein. The kidneys remove it.", MEDLINE),
    test(&["glucose", "sugar"], "Glucose is the sugar in the blood that the body uses for energy.", MEDLINE),
    test(&["hba1c", "haemoglobin-a1c"], "HbA1c shows the average blood sugar of the last two to three months.", NHS),
    test(&["cholesterol"], "Cholesterol is a fat in the blood. This is all of it together.", NHS),
    test(&["ldl-cholesterol", "ldl"], "LDL is the cholesterol that can build up in the walls of blood vessels.", NHS),
    test(&["hdl-cholesterol", "hdl"], "HDL is the cholesterol that carries fat away from the blood vessels.", NHS),
    test(&["triglycerides"], "Triglycerides are a fat that the body stores energy in. They rise after a meal.", NHS),
    test(&["haemoglobin", "hemoglobin", "hb"], "Haemoglobin carries oxygen in the red blood cells.", MEDLINE),
    test(&["ferritin"], "Ferritin shows how much iron the body has stored.", MEDLINE),
    test(
        &["white-cells", "white-cell", "wbc", "leukocytes", "leucocytes"],
        "White blood cells fight infections.",
        MEDLINE,
    ),
    test(&["neutrophils"], "Neutrophils are the white blood cells that fight bacteria.", MEDLINE),
    test(&["lymphocytes"], "Lymphocytes are white blood cells that fight viruses and remember infections.", MEDLINE),
    test(&["platelets", "platelet"], "Platelets are small cells that help the blood to clot.", MEDLINE),
    test(&["inr"], "The INR shows how long the blood takes to clot. It guides treatment with warfarin.", NHS),
    test(&["tsh"], "TSH is the hormone that tells the thyroid how hard to work.", MEDLINE),
    test(&["free-t4", "ft4"], "Free T4 is a hormone of the thyroid, which sets the pace of the body.", MEDLINE),
    test(
        &["c-reactive-protein", "crp"],
        "CRP rises when there is inflammation or an infection somewhere in the body.",
        MEDLINE,
    ),
    test(
        &["alt", "alanine-aminotransferase"],
        "ALT is an enzyme of the liver. It rises when liver cells are under strain.",
        MEDLINE,
    ),
    test(&["vitamin-d", "vitamin-d-25-oh", "25-oh-vitamin-d"], "Vitamin D helps the body to take up calcium.", NHS),
    test(&["vitamin-b12", "b12"], "Vitamin B12 is needed to make red blood cells and to keep nerves healthy.", NHS),
    test(
        &["troponin", "troponin-i", "troponin-t"],
        "Troponin is a protein of the heart muscle. It gets into the blood when the heart muscle is hurt.",
        MEDLINE,
    ),
];

/// What a test is, and where that is written: "Potassium is a salt … (MedlinePlus …)". `None` for tests that nobody explained.
pub(super) fn explanation(test: &str) -> Option<String> {
    let name = plain_name(test);
    let found = TESTS.iter().find(|row| row.names.contains(&name.as_str()))?;
    Some(format!("{} (After {}.)", found.says, found.source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_is_explained_once() {
        let mut names: Vec<&str> = TESTS.iter().flat_map(|row| row.names).copied().collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for row in &TESTS {
            assert!(row.names.iter().all(|name| plain_name(name) == *name), "{:?}", row.names);
        }
    }

    #[test]
    fn a_test_is_found_however_it_is_called_and_another_one_is_not() {
        assert!(
            explanation("Serum potassium").is_some_and(|says| says.contains("salt") && says.contains("MedlinePlus"))
        );
        assert!(explanation("LDL cholesterol").is_some_and(|says| says.contains("LDL")));
        assert_eq!(explanation("Urine potassium"), None);
        assert_eq!(explanation("Neutrophils %"), None);
    }
}
