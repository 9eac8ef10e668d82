//! Interactions of the nerves, the mind, the QT interval, lithium, methotrexate and the rest.

use super::interactions::rules;

rules! {
    // Serotonin.
    Danger Nerves: SerotoninAntidepressant, Maoi =>
        "serotonin syndrome can follow and can kill. Do not combine; keep the washout period.",
        "BNF, monoamine-oxidase inhibitors";
    Danger Nerves: Tricyclic, Maoi =>
        "serotonin syndrome and a dangerous rise in pressure can follow. Do not combine.",
        "BNF, monoamine-oxidase inhibitors";
    Danger Nerves: Triptan, Maoi =>
        "the triptan level rises and serotonin syndrome can follow. Usually not to be combined.",
        "BNF interactions, triptans";
    Danger Nerves: "tramadol", Maoi =>
        "serotonin syndrome and seizures can follow. Do not combine.",
        "SmPC tramadol";
    Danger Nerves: "pethidine", Maoi =>
        "severe, sometimes fatal reactions of the nervous system have followed. Do not combine.",
        "BNF, monoamine-oxidase inhibitors";
    Caution Nerves: SerotoninAntidepressant, Triptan =>
        "serotonin syndrome is possible but rare; tell the patient the signs.",
        "BNF interactions, triptans";
    Caution Nerves: SerotoninAntidepressant, "tramadol" =>
        "serotonin syndrome and seizures are more likely.",
        "SmPC tramadol";
    Danger Nerves: SerotoninAntidepressant, "st john's wort" =>
        "serotonin syndrome is more likely. Avoid.",
        "BNF interactions, St John's wort";

    // QT interval.
    Caution Heart: QtProlonging, QtProlonging =>
        "both lengthen the QT interval; check ECG, potassium and magnesium, or choose another.",
        "BNF interactions, QT-interval prolongation";
    Danger Heart: "citalopram", QtProlonging =>
        "both lengthen the QT interval; citalopram must not be given with such medicines.",
        "MHRA Drug Safety Update, citalopram and escitalopram";
    Danger Heart: "escitalopram", QtProlonging =>
        "both lengthen the QT interval; escitalopram must not be given with such medicines.",
        "MHRA Drug Safety Update, citalopram and escitalopram";
    Danger Heart: "amiodarone", QtProlonging =>
        "both lengthen the QT interval and torsades de pointes can follow. Avoid.",
        "SmPC amiodarone";
    Danger Heart: "domperidone", LiverBlocker =>
        "the level of domperidone rises and the QT interval lengthens. Do not combine.",
        "MHRA Drug Safety Update, domperidone";

    // Breathing and drowsiness.
    Danger Nerves: Opioid, Benzodiazepine =>
        "deep sedation and fatal slowing of breathing are possible. Only if nothing else will do.",
        "MHRA Drug Safety Update, benzodiazepines and opioids";
    Caution Nerves: Opioid, Gabapentinoid =>
        "sedation and slowed breathing are more likely; start low.",
        "MHRA Drug Safety Update, pregabalin and gabapentin";
    Caution Nerves: Opioid, ZDrug =>
        "sedation and slowed breathing are more likely.",
        "BNF interactions, opioids";

    // Lithium.
    Danger Level: "lithium", Nsaid =>
        "lithium can rise to a poisonous level. Avoid or check the level within a week.",
        "BNF, lithium";
    Danger Level: "lithium", AceOrArb =>
        "lithium can rise to a poisonous level. Avoid or check the level often.",
        "BNF, lithium";
    Danger Level: "lithium", Thiazide =>
        "lithium can rise to a poisonous level. Avoid or check the level often.",
        "BNF, lithium";

    // Other psychiatry and neurology.
    Danger Other: "clozapine", "carbamazepine" =>
        "both can stop the making of white blood cells. Do not combine.",
        "SmPC clozapine";
    Danger Level: "valproate", Carbapenem =>
        "the level of valproate falls steeply within days and seizures can return. Avoid.",
        "BNF interactions, valproate";
    Danger Level: "carbamazepine", LiverBlocker =>
        "carbamazepine can rise to a poisonous level. Choose another or check the level.",
        "SmPC carbamazepine";
    Danger Level: "tamoxifen", "paroxetine" =>
        "tamoxifen is activated less and may protect less. Choose another antidepressant.",
        "MHRA Drug Safety Update, tamoxifen and CYP2D6 inhibitors";
    Danger Level: "tamoxifen", "fluoxetine" =>
        "tamoxifen is activated less and may protect less. Choose another antidepressant.",
        "MHRA Drug Safety Update, tamoxifen and CYP2D6 inhibitors";
    Danger Other: "ergotamine", LiverBlocker =>
        "blood vessels can close (ergotism). Do not combine.",
        "BNF interactions, ergotamine";

    // Joints, transplants, immune system.
    Danger Other: "methotrexate", "trimethoprim" =>
        "both block folate: the bone marrow can fail. Do not combine.",
        "BNF, methotrexate";
    Caution Level: "methotrexate", Nsaid =>
        "methotrexate can rise; with low weekly doses watch blood count and kidneys, else avoid.",
        "BNF, methotrexate";
    Caution Level: "methotrexate", Penicillin =>
        "methotrexate can rise; watch the blood count.",
        "BNF interactions, methotrexate";
    Danger Other: "azathioprine", "allopurinol" =>
        "the bone marrow can fail. Avoid, or cut azathioprine to a quarter with specialist advice.",
        "BNF, azathioprine";
    Danger Level: "colchicine", LiverBlocker =>
        "colchicine can rise to a fatal level. Avoid, above all with weak kidneys or liver.",
        "SmPC colchicine";
    Danger Level: "ciclosporin", LiverBlocker =>
        "ciclosporin rises and can injure the kidneys. Choose another or check the level.",
        "SmPC ciclosporin";

    // The rest.
    Danger Level: "theophylline", "ciprofloxacin" =>
        "theophylline can rise to a poisonous level. Choose another or check the level.",
        "BNF interactions, theophylline";
    Danger Other: "isotretinoin", Tetracycline =>
        "pressure inside the skull can rise. Do not combine.",
        "SmPC isotretinoin";
    Danger Level: "ethinylestradiol", LiverInducer =>
        "the contraceptive may fail. Advise another method, also for four weeks after.",
        "FSRH guidance, drug interactions with hormonal contraception";
    Caution Level: "levothyroxine", Mineral =>
        "less levothyroxine is absorbed; keep four hours between them.",
        "BNF interactions, levothyroxine";
    Caution Level: Quinolone, Mineral =>
        "less of the antibiotic is absorbed; keep some hours between them.",
        "BNF interactions, quinolones";
    Caution Level: Tetracycline, Mineral =>
        "less of the antibiotic is absorbed; keep some hours between them.",
        "BNF interactions, tetracyclines";
}
