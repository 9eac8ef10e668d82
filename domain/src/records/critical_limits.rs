//! Limits of laboratory values of adults at which somebody must act at once.
//!
//! Gathered on 30 November 2026 from published sources, named beside each row; laboratories and clinics differ, so **the
//! clinic should go through this table** before it relies on it. It is no replacement for the laboratory's own call: what a
//! laboratory marks as critical is critical whatever stands here. Both limits are included. Children, newborns and pregnant
//! women have other limits, which are not here.

/// RCPath: Croal B. The communication of critical and unexpected pathology results. Royal College of Pathologists, G158,
/// October 2017.
const RCPATH: &str = "Royal College of Pathologists, G158 (2017)";
/// Kost GJ. Critical limits for urgent clinician notification at US medical centers. JAMA 1990;263:704–707.
const KOST: &str = "Kost, JAMA 1990;263:704";
/// Alfonzo A and others. Clinical practice guidelines: treatment of acute hyperkalaemia in adults. UK Kidney Association.
const UKKA: &str = "UK Kidney Association, acute hyperkalaemia in adults; low: RCPath G158 (2017)";
/// American Diabetes Association. Standards of Care in Diabetes: hypoglycaemia of level 2.
const ADA: &str = "American Diabetes Association, Standards of Care (level 2); high: RCPath G158 (2017)";
/// KDIGO Clinical Practice Guideline for Acute Kidney Injury, 2012: stage 3.
const KDIGO: &str = "KDIGO, Acute Kidney Injury (2012), stage 3";
/// NICE CG151, Neutropenic sepsis, 2012.
const NICE_NEUTROPENIA: &str = "NICE CG151, Neutropenic sepsis (2012)";
/// Keeling D and others. Guidelines on oral anticoagulation with warfarin, fourth edition. Br J Haematol 2011;154:311–324.
const BSH: &str = "British Society for Haematology, warfarin (2011)";
/// Surviving Sepsis Campaign, bundle of 2018: lactate of 4 mmol/L or more.
const SEPSIS: &str = "Surviving Sepsis Campaign (2018)";
/// Thygesen K and others. Fourth Universal Definition of Myocardial Infarction, 2018: above the 99th percentile.
const INFARCTION: &str = "Fourth Universal Definition of Myocardial Infarction (2018)";

/// The limits of one test.
pub(super) struct Limits {
    /// The names of the test, as [`super::test_names::slug`] writes them, without words such as "serum": English first, then
    /// short forms and what laboratories elsewhere call it.
    pub names: &'static [&'static str],
    /// The unit of the limits, as it is shown.
    pub unit: &'static str,
    /// Units in which it is reported, as `unit_key` writes them, and how much one of them is in `unit`.
    pub units: &'static [(&'static str, f64)],
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Whether whatever is above the reported range is critical.
    pub is_above_range: bool,
    pub source: &'static str,
}

const fn limits(
    names: &'static [&'static str],
    unit: &'static str,
    units: &'static [(&'static str, f64)],
    (low, high): (Option<f64>, Option<f64>),
    source: &'static str,
) -> Limits {
    Limits { names, unit, units, low, high, is_above_range: false, source }
}

const MMOL: &[(&str, f64)] = &[("mmol/l", 1.0), ("meq/l", 1.0)];
const COUNT: &[(&str, f64)] = &[
    ("10^9/l", 1.0),
    ("G/l", 1.0),
    ("10^3/ul", 1.0),
    ("k/ul", 1.0),
    ("/nl", 1.0),
    ("/ul", 0.001),
    ("cells/ul", 0.001),
];
const NONE: &[(&str, f64)] = &[("", 1.0), ("ratio", 1.0), ("inr", 1.0)];

pub(super) static LIMITS: [Limits; 21] = [
    limits(
        &["potassium", "k", "k-plus", "pot", "kalium", "kaliémie", "potasio", "potassio", "калий"],
        "mmol/L",
        MMOL,
        (Some(2.5), Some(6.0)),
        UKKA,
    ),
    limits(
        &["sodium", "na", "na-plus", "sod", "natrium", "natrémie", "sodio", "натрий"],
        "mmol/L",
        MMOL,
        (Some(120.0), Some(160.0)),
        RCPATH,
    ),
    limits(
        &[
            "glucose",
            "blood-sugar",
            "sugar",
            "glu",
            "gluc",
            "glukose",
            "glukos",
            "blutzucker",
            "glycémie",
            "glucosa",
            "глюкоза",
        ],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 18.016)],
        (Some(3.0), Some(25.0)),
        ADA,
    ),
    limits(
        &[
            "calcium",
            "ca",
            "ca2-plus",
            "kalzium",
            "calzium",
            "calcio",
            "albumin-adjusted-calcium",
            "albumin-corrected-calcium",
            "кальций",
        ],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 4.008)],
        (Some(1.8), Some(3.5)),
        RCPATH,
    ),
    limits(
        &["magnesium", "mg", "mag", "magnésium", "magnesio", "магний"],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 2.43)],
        (Some(0.4), Some(2.0)),
        KOST,
    ),
    limits(
        &["phosphate", "phosphorus", "inorganic-phosphate", "po4", "phos", "phosphat", "fosfat"],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 3.097)],
        (Some(0.3), None),
        RCPATH,
    ),
    limits(
        &["urea", "harnstoff", "urée", "мочевина"],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 6.006)],
        (None, Some(30.0)),
        RCPATH,
    ),
    limits(&["urea-nitrogen", "bun"], "mmol/L", &[("mmol/l", 1.0), ("mg/dl", 1.0 / 2.801)], (None, Some(30.0)), RCPATH),
    limits(
        &["bicarbonate", "hco3", "hco3-minus", "co2-content", "bicarb", "bikarbonat", "hydrogencarbonat"],
        "mmol/L",
        MMOL,
        (Some(11.0), Some(40.0)),
        KOST,
    ),
    limits(
        &["creatinine", "crea", "creat", "creatinin", "kreatinin", "créatinine", "creatinina", "креатинин"],
        "µmol/L",
        &[("umol/l", 1.0), ("mg/dl", 88.42)],
        (None, Some(353.0)),
        KDIGO,
    ),
    limits(
        &["haemoglobin", "hemoglobin", "hb", "hgb", "hämoglobin", "hémoglobine", "hemoglobina", "гемоглобин"],
        "g/L",
        &[("g/l", 1.0), ("g/dl", 10.0), ("mmol/l", 16.114)],
        (Some(70.0), Some(199.0)),
        "low: RCPath G158 (2017); high: Kost, JAMA 1990;263:704",
    ),
    limits(
        &[
            "platelets",
            "platelet",
            "platelet-count",
            "plt",
            "plts",
            "thrombocytes",
            "thrombozyten",
            "plaquettes",
            "plaquetas",
            "тромбоциты",
        ],
        "× 10⁹/L",
        COUNT,
        (Some(30.0), Some(1000.0)),
        RCPATH,
    ),
    limits(
        &[
            "neutrophils",
            "neutrophil",
            "neutrophil-count",
            "absolute-neutrophil-count",
            "anc",
            "neutrophils-number",
            "neut",
            "neuts",
            "neut-number",
            "neutrophile",
            "neutrophiles",
            "нейтрофилы",
        ],
        "× 10⁹/L",
        COUNT,
        (Some(0.5), None),
        NICE_NEUTROPENIA,
    ),
    limits(
        &[
            "white-cells",
            "white-cell",
            "white-cell-count",
            "white-blood-cells",
            "white-blood-cell-count",
            "wbc",
            "wcc",
            "leukocytes",
            "leucocytes",
            "leukozyten",
            "leucocitos",
            "лейкоциты",
        ],
        "× 10⁹/L",
        COUNT,
        (Some(2.0), Some(37.0)),
        KOST,
    ),
    limits(
        &["inr", "international-normalised-ratio", "international-normalized-ratio"],
        "",
        NONE,
        (None, Some(5.0)),
        BSH,
    ),
    limits(
        &["lactate", "lactic-acid", "laktat", "lactat", "лактат"],
        "mmol/L",
        &[("mmol/l", 1.0), ("mg/dl", 1.0 / 9.009)],
        (None, Some(4.0)),
        SEPSIS,
    ),
    limits(&["ph"], "", NONE, (Some(7.21), Some(7.59)), KOST),
    limits(&["c-reactive-protein", "crp"], "mg/L", &[("mg/l", 1.0), ("mg/dl", 10.0)], (None, Some(300.0)), RCPATH),
    limits(&["lithium", "li"], "mmol/L", MMOL, (None, Some(1.5)), RCPATH),
    limits(&["digoxin"], "µg/L", &[("ug/l", 1.0), ("ng/ml", 1.0), ("nmol/l", 0.781)], (None, Some(2.5)), RCPATH),
    Limits {
        is_above_range: true,
        ..limits(
            &["troponin", "troponine", "troponin-i", "troponin-t", "ctni", "ctnt", "tni", "tnt", "trop"],
            "",
            &[],
            (None, None),
            INFARCTION,
        )
    },
];
