//! The therapeutic classes, and what belonging to one means for duplicates and allergies.

use super::Severity;

/// A class of medicines, or a marker shared by medicines that interact in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Penicillin,
    /// Cephalosporins whose side chain resembles that of the aminopenicillins.
    CephalosporinLike,
    /// All other cephalosporins: second generation and later, and cefazolin.
    CephalosporinOther,
    Carbapenem,
    Macrolide,
    SulfaAntibiotic,
    Tetracycline,
    Quinolone,
    AzoleAntifungal,
    Nsaid,
    Salicylate,
    AceInhibitor,
    Arb,
    Statin,
    Fibrate,
    Ssri,
    Snri,
    Tricyclic,
    Maoi,
    Opioid,
    Benzodiazepine,
    ZDrug,
    Gabapentinoid,
    Ppi,
    BetaBlocker,
    Dihydropyridine,
    /// Verapamil and diltiazem.
    RateLimiting,
    Anticoagulant,
    Antiplatelet,
    Triptan,
    Thiazide,
    LoopDiuretic,
    PotassiumSparing,
    SteroidByMouth,
    SteroidInhaled,
    SteroidOnSkin,
    InsulinLong,
    InsulinRapid,
    Sulfonylurea,
    Gliptin,
    Gliflozin,
    Glp1,
    Antipsychotic,
    Antihistamine,
    Nitrate,
    Pde5,
    AlphaBlocker,
    Beta2Short,
    Beta2Long,
    AromaticAntiepileptic,
    Bisphosphonate,
    LocalAnaesthetic,
    /// Markers: shared by medicines that interact in the same way, never a duplicate.
    Doac,
    AceOrArb,
    SerotoninAntidepressant,
    Mineral,
    LiverInducer,
    LiverBlocker,
    QtProlonging,
}

/// What the table says about one class.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassRow {
    pub(super) class: Class,
    /// Plural, as it reads in a sentence: "both are {name}".
    pub(super) name: &'static str,
    /// How strongly to warn about two of the class together, when at all.
    pub(super) duplicate: Option<Severity>,
    /// How strongly an allergy to one member warns about the others, when at all.
    pub(super) allergy: Option<Severity>,
    pub(super) source: &'static str,
}

const NO: Option<Severity> = None;
const CAUTION: Option<Severity> = Some(Severity::Caution);
const DANGER: Option<Severity> = Some(Severity::Danger);

/// Rows read: class, name, two together, allergy to another member, source.
macro_rules! classes {
    ($($class:ident, $name:literal, $duplicate:ident, $allergy:ident, $source:literal;)*) => {
        /// Every class of the table.
        pub(super) static CLASSES: &[ClassRow] = &[$(ClassRow {
            class: Class::$class,
            name: $name,
            duplicate: $duplicate,
            allergy: $allergy,
            source: $source,
        }),*];
    };
}

classes! {
    Penicillin, "penicillins", CAUTION, DANGER, "BNF, penicillins";
    CephalosporinLike, "first-generation type cephalosporins", CAUTION, DANGER, "BNF, cephalosporins";
    CephalosporinOther, "later cephalosporins", CAUTION, DANGER, "BNF, cephalosporins";
    Carbapenem, "carbapenems", CAUTION, DANGER, "BNF, carbapenems";
    Macrolide, "macrolides", CAUTION, CAUTION, "BNF, macrolides";
    SulfaAntibiotic, "sulfonamide antibiotics", CAUTION, DANGER, "SmPC co-trimoxazole";
    Tetracycline, "tetracyclines", CAUTION, DANGER, "SmPC doxycycline";
    Quinolone, "quinolones", CAUTION, DANGER, "SmPC ciprofloxacin";
    AzoleAntifungal, "azole antifungals", CAUTION, CAUTION, "SmPC fluconazole";
    Nsaid, "NSAIDs", CAUTION, DANGER, "BNF, non-steroidal anti-inflammatory drugs";
    Salicylate, "salicylates", CAUTION, DANGER, "BNF, aspirin";
    AceInhibitor, "ACE inhibitors", CAUTION, DANGER, "BNF, ACE inhibitors";
    Arb, "angiotensin receptor blockers", CAUTION, CAUTION, "BNF, angiotensin-II receptor antagonists";
    Statin, "statins", CAUTION, CAUTION, "BNF, statins";
    Fibrate, "fibrates", CAUTION, CAUTION, "BNF, fibrates";
    Ssri, "SSRIs", CAUTION, NO, "BNF, selective serotonin re-uptake inhibitors";
    Snri, "SNRIs", CAUTION, NO, "BNF, antidepressant drugs";
    Tricyclic, "tricyclic antidepressants", CAUTION, CAUTION, "BNF, tricyclic antidepressants";
    Maoi, "monoamine oxidase inhibitors", DANGER, NO, "BNF, monoamine-oxidase inhibitors";
    Opioid, "opioids", CAUTION, CAUTION, "BNF, opioids";
    Benzodiazepine, "benzodiazepines", CAUTION, DANGER, "SmPC diazepam";
    ZDrug, "sleeping medicines of the zopiclone type", CAUTION, NO, "BNF, hypnotics and anxiolytics";
    Gabapentinoid, "gabapentinoids", CAUTION, CAUTION, "BNF, gabapentin and pregabalin";
    Ppi, "proton pump inhibitors", CAUTION, DANGER, "SmPC omeprazole";
    BetaBlocker, "beta blockers", CAUTION, CAUTION, "BNF, beta-adrenoceptor blocking drugs";
    Dihydropyridine, "dihydropyridine calcium channel blockers", CAUTION, DANGER, "SmPC amlodipine";
    RateLimiting, "rate-limiting calcium channel blockers", DANGER, NO, "BNF, calcium-channel blockers";
    Anticoagulant, "anticoagulants", DANGER, NO, "BNF, oral anticoagulants";
    Antiplatelet, "antiplatelet medicines", CAUTION, NO, "BNF, antiplatelet drugs";
    Triptan, "triptans", CAUTION, CAUTION, "BNF, migraine";
    Thiazide, "thiazide-type diuretics", CAUTION, DANGER, "SmPC bendroflumethiazide";
    LoopDiuretic, "loop diuretics", CAUTION, CAUTION, "BNF, loop diuretics";
    PotassiumSparing, "potassium-sparing diuretics", DANGER, NO, "BNF, potassium-sparing diuretics";
    SteroidByMouth, "corticosteroids by mouth or injection", CAUTION, CAUTION, "BNF, corticosteroids";
    SteroidInhaled, "inhaled corticosteroids", CAUTION, CAUTION, "BNF, corticosteroids (inhaled)";
    SteroidOnSkin, "corticosteroids on the skin", CAUTION, CAUTION, "BNF, topical corticosteroids";
    InsulinLong, "long-acting insulins", CAUTION, CAUTION, "BNF, insulin";
    InsulinRapid, "rapid-acting insulins", CAUTION, CAUTION, "BNF, insulin";
    Sulfonylurea, "sulfonylureas", CAUTION, DANGER, "SmPC gliclazide";
    Gliptin, "gliptins", CAUTION, CAUTION, "BNF, type 2 diabetes";
    Gliflozin, "SGLT2 inhibitors", CAUTION, NO, "BNF, type 2 diabetes";
    Glp1, "GLP-1 receptor agonists", CAUTION, CAUTION, "BNF, type 2 diabetes";
    Antipsychotic, "antipsychotics", CAUTION, NO, "BNF, psychoses and related disorders";
    Antihistamine, "antihistamines", CAUTION, NO, "BNF, antihistamines";
    Nitrate, "nitrates or nicorandil", CAUTION, CAUTION, "BNF, nitrates";
    Pde5, "PDE5 inhibitors", DANGER, NO, "BNF, erectile dysfunction";
    AlphaBlocker, "alpha blockers", CAUTION, CAUTION, "BNF, alpha-adrenoceptor blockers";
    Beta2Short, "short-acting bronchodilators", CAUTION, NO, "BNF, asthma";
    Beta2Long, "long-acting bronchodilators", CAUTION, NO, "BNF, asthma";
    AromaticAntiepileptic, "aromatic antiepileptics", NO, DANGER, "BNF, epilepsy";
    Bisphosphonate, "bisphosphonates", CAUTION, CAUTION, "BNF, bisphosphonates";
    LocalAnaesthetic, "amide local anaesthetics", NO, DANGER, "SmPC lidocaine";
    Doac, "direct oral anticoagulants", NO, NO, "BNF, oral anticoagulants";
    AceOrArb, "ACE inhibitors or angiotensin receptor blockers", NO, NO, "BNF, ACE inhibitors";
    SerotoninAntidepressant, "SSRIs or SNRIs", NO, NO, "BNF, antidepressant drugs";
    Mineral, "iron, calcium or magnesium", NO, NO, "BNF, minerals";
    LiverInducer, "medicines that speed up the liver", NO, NO, "BNF, interactions";
    LiverBlocker, "medicines that slow the liver (CYP3A4)", NO, NO, "BNF, interactions";
    QtProlonging, "medicines that lengthen the QT interval", NO, NO, "BNF, interactions";
}

impl ClassRow {
    /// Whether the class only marks a way of interacting, and is no chemical family.
    pub(super) fn is_marker(&self) -> bool {
        self.duplicate.is_none() && self.allergy.is_none()
    }
}

impl Class {
    /// The row of this class; a test makes sure that there is one for each class used.
    pub(super) fn row(self) -> Option<&'static ClassRow> {
        CLASSES.iter().find(|row| row.class == self)
    }

    /// The name for a sentence.
    pub(super) fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// Whether this is one of the three corticosteroid classes, which the form decides.
    pub(super) fn is_steroid(self) -> bool {
        matches!(self, Class::SteroidByMouth | Class::SteroidInhaled | Class::SteroidOnSkin)
    }
}
