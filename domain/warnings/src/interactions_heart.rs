//! Interactions that bleed, slow the heart, lower the pressure, hurt kidneys or muscles.

use super::interactions::rules;

rules! {
    // Bleeding.
    Danger Bleeding: Anticoagulant, Nsaid =>
        "serious bleeding is much more likely. Avoid, or protect the stomach and watch closely.",
        "BNF, non-steroidal anti-inflammatory drugs";
    Danger Bleeding: Anticoagulant, Antiplatelet =>
        "bleeding is more likely. Only with a clear reason, for a set time.",
        "BNF interactions, anticoagulants";
    Caution Bleeding: Anticoagulant, SerotoninAntidepressant =>
        "bleeding is somewhat more likely.",
        "BNF interactions, anticoagulants";
    Caution Bleeding: Nsaid, Antiplatelet =>
        "bleeding from the stomach is more likely; consider stomach protection.",
        "BNF, non-steroidal anti-inflammatory drugs";
    Caution Bleeding: Nsaid, SerotoninAntidepressant =>
        "bleeding from the stomach is more likely; consider stomach protection.",
        "NICE NG222, depression in adults";
    Caution Bleeding: Antiplatelet, SerotoninAntidepressant =>
        "bleeding is somewhat more likely; consider stomach protection.",
        "NICE NG222, depression in adults";
    Caution Bleeding: Nsaid, SteroidByMouth =>
        "ulcers and bleeding are more likely; consider stomach protection.",
        "BNF interactions, corticosteroids";
    Danger Bleeding: "warfarin", "metronidazole" =>
        "the INR can rise sharply. Choose another or check the INR within days.",
        "BNF interactions, warfarin";
    Danger Bleeding: "warfarin", Macrolide =>
        "the INR can rise. Choose another or check the INR within days.",
        "BNF interactions, warfarin";
    Danger Bleeding: "warfarin", "sulfamethoxazole" =>
        "the INR can rise sharply. Choose another or check the INR within days.",
        "BNF interactions, warfarin";
    Danger Bleeding: "warfarin", AzoleAntifungal =>
        "the INR can rise sharply, also with miconazole mouth gel. Choose another or check the INR.",
        "BNF interactions, warfarin";
    Danger Bleeding: "warfarin", "amiodarone" =>
        "the INR rises over weeks and stays high. Lower the warfarin dose and check often.",
        "BNF interactions, warfarin";
    Caution Bleeding: "warfarin", Quinolone =>
        "the INR can rise; check it within days.",
        "BNF interactions, warfarin";
    Caution Bleeding: "warfarin", "tramadol" =>
        "the INR can rise; check it when starting or stopping.",
        "MHRA Drug Safety Update, warfarin and tramadol";
    Danger Level: "warfarin", LiverInducer =>
        "the effect of warfarin changes, mostly falls, and rises again when the other is stopped. Check the INR often.",
        "BNF interactions, warfarin";
    Danger Level: Doac, LiverInducer =>
        "the anticoagulant is cleared faster and may not protect. Usually avoid.",
        "BNF interactions, direct oral anticoagulants";
    Caution Bleeding: Doac, LiverBlocker =>
        "the level of the anticoagulant can rise. Check whether a lower dose or another medicine is advised.",
        "BNF interactions, direct oral anticoagulants";
    Caution Level: "clopidogrel", "omeprazole" =>
        "clopidogrel may work less well; lansoprazole or pantoprazole are alternatives.",
        "MHRA Drug Safety Update, clopidogrel and proton pump inhibitors";
    Caution Level: "clopidogrel", "esomeprazole" =>
        "clopidogrel may work less well; lansoprazole or pantoprazole are alternatives.",
        "MHRA Drug Safety Update, clopidogrel and proton pump inhibitors";

    // Muscles.
    Danger Level: "simvastatin", LiverBlocker =>
        "the level of simvastatin rises strongly and muscle can break down. Pause or replace simvastatin.",
        "SmPC simvastatin";
    Caution Level: "atorvastatin", LiverBlocker =>
        "the level of atorvastatin rises. Use a low dose or pause it, and ask about muscle pain.",
        "SmPC atorvastatin";
    Caution Level: "simvastatin", "amlodipine" =>
        "the level of simvastatin rises; do not exceed 20 mg a day.",
        "MHRA Drug Safety Update, simvastatin interactions";
    Caution Level: "simvastatin", RateLimiting =>
        "the level of simvastatin rises; do not exceed 20 mg a day.",
        "MHRA Drug Safety Update, simvastatin interactions";
    Danger Level: Statin, "ciclosporin" =>
        "the statin level rises strongly and muscle can break down; some statins must not be used.",
        "BNF interactions, statins";
    Danger Level: Statin, "gemfibrozil" =>
        "muscle can break down. Avoid.",
        "BNF interactions, statins";
    Danger Level: Statin, "fusidic acid" =>
        "with fusidic acid by mouth or injection muscle can break down. Stop the statin meanwhile.",
        "MHRA Drug Safety Update, fusidic acid and statins";

    // Pressure, heart rate and digoxin.
    Danger Heart: Pde5, Nitrate =>
        "blood pressure can fall dangerously. Do not combine.",
        "BNF interactions, phosphodiesterase type-5 inhibitors";
    Caution Heart: Pde5, AlphaBlocker =>
        "blood pressure can fall on standing; start low, on a stable alpha blocker.",
        "BNF interactions, phosphodiesterase type-5 inhibitors";
    Danger Heart: BetaBlocker, "verapamil" =>
        "heart block, very slow pulse and heart failure can follow. Avoid outside specialist care.",
        "BNF interactions, beta blockers";
    Caution Heart: BetaBlocker, "diltiazem" =>
        "slow pulse and heart block are more likely; check pulse and ECG.",
        "BNF interactions, beta blockers";
    Danger Heart: "ivabradine", RateLimiting =>
        "the pulse can become very slow. Do not combine.",
        "MHRA Drug Safety Update, ivabradine";
    Danger Level: "digoxin", "amiodarone" =>
        "the level of digoxin rises. Halve the digoxin dose and check the level.",
        "SmPC digoxin";
    Danger Level: "digoxin", "verapamil" =>
        "the level of digoxin rises and the pulse slows. Lower the dose and check the level.",
        "SmPC digoxin";
    Danger Level: "digoxin", "clarithromycin" =>
        "the level of digoxin can rise to a poisonous one. Choose another or check the level.",
        "BNF interactions, digoxin";
    Caution Heart: "digoxin", LoopDiuretic =>
        "low potassium makes digoxin more poisonous; check potassium.",
        "SmPC digoxin";

    // Potassium and kidneys.
    Caution Kidneys: AceOrArb, PotassiumSparing =>
        "potassium can rise dangerously; check potassium and kidney function soon and regularly.",
        "MHRA Drug Safety Update, spironolactone and renin-angiotensin drugs";
    Caution Kidneys: AceOrArb, "potassium chloride" =>
        "potassium can rise; check whether it is still needed, and the level.",
        "BNF interactions, ACE inhibitors";
    Danger Kidneys: PotassiumSparing, "potassium chloride" =>
        "potassium can rise dangerously. Avoid.",
        "BNF, potassium-sparing diuretics";
    Danger Kidneys: AceInhibitor, Arb =>
        "high potassium, low pressure and kidney injury are more likely. Not recommended together.",
        "MHRA Drug Safety Update, combining renin-angiotensin drugs";
    Caution Kidneys: AceOrArb, "trimethoprim" =>
        "potassium can rise within days; check it, above all in older people and weak kidneys.",
        "BNF interactions, trimethoprim";
    Danger Kidneys: PotassiumSparing, "trimethoprim" =>
        "potassium can rise dangerously within days. Choose another antibiotic.",
        "BNF interactions, trimethoprim";
    Caution Kidneys: AceOrArb, Nsaid =>
        "kidneys can be injured and pressure can rise, above all with a diuretic as well.",
        "BNF, non-steroidal anti-inflammatory drugs";
    Danger Other: AceInhibitor, "sacubitril" =>
        "angioedema is more likely. Do not combine; leave 36 hours between them.",
        "SmPC sacubitril with valsartan";
}
