//! Words by which a record names a whole class: "penicillin", "sulfa", "NSAIDs", "statin".

use super::classes::Class::{self, *};

/// The words (separated by commas, plural handled elsewhere) and the classes that they mean.
pub(super) static CLASS_NAMES: &[(&str, &[Class])] = &[
    ("penicillin, pcn, penicillin antibiotic", &[Penicillin]),
    (
        "cephalosporin, cefalosporin, ceph, ceph antibiotic, cephalosporin antibiotic",
        &[CephalosporinLike, CephalosporinOther],
    ),
    ("beta lactam, betalactam", &[Penicillin, CephalosporinLike, CephalosporinOther, Carbapenem]),
    ("carbapenem", &[Carbapenem]),
    ("macrolide", &[Macrolide]),
    (
        "sulfa, sulpha, sulphur, sulfur, sulfonamide, sulphonamide, sulfonamide antibiotic, sulfa drug, \
         sulpha drug, sulfa antibiotic",
        &[SulfaAntibiotic],
    ),
    ("quinolone, fluoroquinolone", &[Quinolone]),
    ("azole antifungal, azole", &[AzoleAntifungal]),
    (
        "nsaid, non steroidal anti inflammatory, nonsteroidal anti inflammatory, anti inflammatory, \
         antiinflammatory, anti inflammatories, antiinflammatories, non steroidal, nonsteroidal, \
         non steroidal anti inflammatories, cox 2 inhibitor, coxib",
        &[Nsaid],
    ),
    ("salicylate", &[Salicylate]),
    ("ace inhibitor, acei, ace i", &[AceInhibitor, AceOrArb]),
    ("arb, sartan, angiotensin receptor blocker, angiotensin ii receptor blocker", &[Arb, AceOrArb]),
    ("statin", &[Statin]),
    ("fibrate", &[Fibrate]),
    ("ssri, selective serotonin reuptake inhibitor", &[Ssri, SerotoninAntidepressant]),
    ("snri", &[Snri, SerotoninAntidepressant]),
    ("tetracycline antibiotic", &[Tetracycline]),
    ("tricyclic, tca, tricyclic antidepressant", &[Tricyclic]),
    ("maoi, monoamine oxidase inhibitor", &[Maoi]),
    ("opioid, opiate", &[Opioid]),
    ("benzodiazepine", &[Benzodiazepine]),
    ("z drug", &[ZDrug]),
    ("gabapentinoid", &[Gabapentinoid]),
    ("ppi, proton pump inhibitor", &[Ppi]),
    ("beta blocker, betablocker", &[BetaBlocker]),
    ("calcium channel blocker, ccb", &[Dihydropyridine, RateLimiting]),
    ("anticoagulant, blood thinner", &[Anticoagulant]),
    ("doac, noac", &[Anticoagulant, Doac]),
    ("antiplatelet", &[Antiplatelet]),
    ("triptan", &[Triptan]),
    ("thiazide", &[Thiazide]),
    ("loop diuretic", &[LoopDiuretic]),
    ("potassium sparing diuretic", &[PotassiumSparing]),
    ("corticosteroid, steroid, glucocorticoid, cortisone", &[SteroidByMouth, SteroidInhaled, SteroidOnSkin]),
    ("sulfonylurea, sulphonylurea", &[Sulfonylurea]),
    ("gliptin, dpp 4 inhibitor", &[Gliptin]),
    ("gliflozin, sglt 2 inhibitor", &[Gliflozin]),
    ("glp 1 agonist, glp 1 receptor agonist", &[Glp1]),
    ("antipsychotic, neuroleptic", &[Antipsychotic]),
    ("antihistamine", &[Antihistamine]),
    // Only the plural: "miconazole nitrate" is a salt.
    ("nitrates", &[Nitrate]),
    ("pde 5 inhibitor", &[Pde5]),
    ("alpha blocker", &[AlphaBlocker]),
    ("bisphosphonate", &[Bisphosphonate]),
    ("local anaesthetic, local anesthetic, amide local anaesthetic", &[LocalAnaesthetic]),
];

/// Of these names those that are written in capitals.
pub(super) static ABBREVIATIONS: &[&str] =
    &["pcn", "nsaid", "acei", "arb", "ssri", "snri", "tca", "maoi", "ppi", "ccb", "doac", "noac"];
