//! Substances of neurology and psychiatry.

use super::substances::substances;

substances! {
    "sertraline", "lustral, zoloft" => Ssri, SerotoninAntidepressant;
    "fluoxetine", "prozac" => Ssri, SerotoninAntidepressant;
    "citalopram", "cipramil, celexa" => Ssri, SerotoninAntidepressant, QtProlonging;
    "escitalopram", "cipralex, lexapro" => Ssri, SerotoninAntidepressant, QtProlonging;
    "paroxetine", "seroxat, paxil" => Ssri, SerotoninAntidepressant;
    "fluvoxamine", "faverin, luvox" => Ssri, SerotoninAntidepressant;
    "venlafaxine", "efexor, effexor" => Snri, SerotoninAntidepressant;
    "duloxetine", "cymbalta" => Snri, SerotoninAntidepressant;
    "amitriptyline", "elavil" => Tricyclic;
    "nortriptyline", "allegron" => Tricyclic;
    "clomipramine", "anafranil" => Tricyclic;
    "mirtazapine", "zispin, remeron" => ;
    "phenelzine", "nardil" => Maoi;
    "tranylcypromine", "parnate" => Maoi;
    "moclobemide", "manerix" => Maoi;
    "selegiline", "eldepryl" => Maoi;
    "rasagiline", "azilect" => Maoi;
    "st john's wort", "saint john's wort, hypericum" => LiverInducer;
    "lithium", "priadel, camcolit, lithium carbonate, lithium citrate" => ;

    "diazepam", "valium" => Benzodiazepine;
    "lorazepam", "ativan" => Benzodiazepine;
    "temazepam", "" => Benzodiazepine;
    "clonazepam", "rivotril, klonopin" => Benzodiazepine;
    "midazolam", "buccolam, epistatus" => Benzodiazepine;
    "alprazolam", "xanax" => Benzodiazepine;
    "zopiclone", "zimovane, imovane" => ZDrug;
    "zolpidem", "stilnoct, ambien" => ZDrug;

    "haloperidol", "haldol, serenace" => Antipsychotic, QtProlonging;
    "chlorpromazine", "largactil" => Antipsychotic, QtProlonging;
    "quetiapine", "seroquel" => Antipsychotic;
    "olanzapine", "zyprexa" => Antipsychotic;
    "risperidone", "risperdal" => Antipsychotic;
    "aripiprazole", "abilify" => Antipsychotic;
    "clozapine", "clozaril, denzapine, zaponex" => Antipsychotic;

    "valproate", "valproic acid, sodium valproate, epilim, depakote, depakine" => ;
    "carbamazepine", "tegretol" => AromaticAntiepileptic, LiverInducer;
    "oxcarbazepine", "trileptal" => AromaticAntiepileptic;
    "phenytoin", "epanutin, dilantin" => AromaticAntiepileptic, LiverInducer;
    "phenobarbital", "phenobarbitone" => AromaticAntiepileptic, LiverInducer;
    "lamotrigine", "lamictal" => AromaticAntiepileptic;
    "levetiracetam", "keppra" => ;
    "topiramate", "topamax" => ;
    "gabapentin", "neurontin" => Gabapentinoid;
    "pregabalin", "lyrica" => Gabapentinoid;

    "sumatriptan", "imigran, imitrex" => Triptan;
    "rizatriptan", "maxalt" => Triptan;
    "zolmitriptan", "zomig" => Triptan;
    "ergotamine", "cafergot" => ;
    "levodopa", "" => ;
    "carbidopa", "" => ;
    "benserazide", "" => ;
    "methylphenidate", "ritalin, concerta" => ;
    "donepezil", "aricept" => ;

    "oxazepam", "" => Benzodiazepine;
    "nitrazepam", "mogadon" => Benzodiazepine;
    "chlordiazepoxide", "librium" => Benzodiazepine;
    "lormetazepam", "" => Benzodiazepine;
    "clobazam", "frisium" => Benzodiazepine;
    "bromazepam", "" => Benzodiazepine;
    "imipramine", "tofranil" => Tricyclic;
    "doxepin", "" => Tricyclic;
    "dosulepin", "dothiepin, prothiaden" => Tricyclic;
    "lofepramine", "" => Tricyclic;
    "trimipramine", "" => Tricyclic;
    "desvenlafaxine", "pristiq" => Snri, SerotoninAntidepressant;
    "trazodone", "molipaxin" => ;
    "bupropion", "zyban, wellbutrin" => ;
    "agomelatine", "valdoxan" => ;
    "amisulpride", "solian" => Antipsychotic, QtProlonging;
    "ziprasidone", "geodon" => Antipsychotic, QtProlonging;
    "paliperidone", "invega" => Antipsychotic;
    "sulpiride", "dolmatil" => Antipsychotic;
    "flupentixol", "depixol, fluanxol" => Antipsychotic;
    "primidone", "mysoline" => AromaticAntiepileptic, LiverInducer;
    "eslicarbazepine", "zebinix" => AromaticAntiepileptic;
    "lacosamide", "vimpat" => ;
    "eletriptan", "relpax" => Triptan;
    "naratriptan", "naramig" => Triptan;
    "almotriptan", "almogran" => Triptan;
    "frovatriptan", "migard" => Triptan;
    "memantine", "ebixa" => ;
    "caffeine", "" => ;
    "melatonin", "circadin" => ;
    "pramipexole", "mirapexin" => ;
    "ropinirole", "requip" => ;
}
