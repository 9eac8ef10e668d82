//! Substances against infections.

use super::substances::substances;

substances! {
    "amoxicillin", "amoxycillin, amoxil, clamoxyl, amox, amoxy" => Penicillin;
    "ampicillin", "penbritin" => Penicillin;
    "flucloxacillin", "floxapen, fluclox" => Penicillin;
    "phenoxymethylpenicillin", "penicillin v, penicillin vk, pen v, pen vk" => Penicillin;
    "benzylpenicillin", "penicillin g, pen g, benzathine benzylpenicillin, benzathine penicillin, bicillin" => Penicillin;
    "piperacillin", "" => Penicillin;
    "pivmecillinam", "selexid" => Penicillin;
    "clavulanic acid", "clavulanate" => ;
    "tazobactam", "" => ;

    // First generation, or an ampicillin- or amoxicillin-like side chain (cefaclor is second).
    "cefalexin", "cephalexin, keflex" => CephalosporinLike;
    "cefadroxil", "cefadroxyl, duricef" => CephalosporinLike;
    "cefradine", "cephradine, velosef" => CephalosporinLike;
    "cefaclor", "distaclor" => CephalosporinLike;
    // First generation with a side chain of its own.
    "cefazolin", "cephazolin" => CephalosporinOther;
    // Second generation.
    "cefuroxime", "cefuroxime axetil, zinnat, zinacef" => CephalosporinOther;
    // Third generation.
    "cefixime", "suprax" => CephalosporinOther;
    "ceftriaxone", "rocephin" => CephalosporinOther;
    "cefotaxime", "claforan" => CephalosporinOther;

    "meropenem", "meronem" => Carbapenem;
    "ertapenem", "invanz" => Carbapenem;

    "clarithromycin", "klaricid, klacid, biaxin" => Macrolide, LiverBlocker, QtProlonging;
    "erythromycin", "erythrocin, erythroped, stiemycin, erythro" => Macrolide, LiverBlocker, QtProlonging;
    "azithromycin", "zithromax, azithro, z pak, zpak, z pack" => Macrolide, QtProlonging;

    "sulfamethoxazole", "sulphamethoxazole" => SulfaAntibiotic;
    "sulfadiazine", "sulphadiazine, silver sulfadiazine, flamazine" => SulfaAntibiotic;
    "trimethoprim", "monotrim" => ;

    "doxycycline", "vibramycin, efracea, doxy" => Tetracycline;
    "lymecycline", "tetralysal" => Tetracycline;
    "minocycline", "minocin" => Tetracycline;
    "tetracycline", "oxytetracycline" => Tetracycline;

    "ciprofloxacin", "ciproxin, cipro" => Quinolone;
    "levofloxacin", "tavanic, levaquin" => Quinolone;
    "moxifloxacin", "avelox" => Quinolone, QtProlonging;

    "metronidazole", "flagyl, metrogel, rozex" => ;
    "nitrofurantoin", "macrobid, macrodantin" => ;
    "clindamycin", "dalacin, dalacin c, cleocin, clinda" => ;
    // Linezolid is a weak, reversible monoamine oxidase inhibitor.
    "linezolid", "zyvox" => Maoi;
    "rifampicin", "rifampin, rifadin" => LiverInducer;
    "fusidic acid", "sodium fusidate, fusidate, fucidin" => ;

    "fluconazole", "diflucan" => AzoleAntifungal, QtProlonging;
    "itraconazole", "sporanox" => AzoleAntifungal, LiverBlocker;
    "ketoconazole", "nizoral" => AzoleAntifungal, LiverBlocker;
    "miconazole", "daktarin" => AzoleAntifungal;
    "terbinafine", "lamisil" => ;

    // Valaciclovir turns into aciclovir.
    "aciclovir", "acyclovir, zovirax, valaciclovir, valacyclovir, valtrex" => ;
    "ritonavir", "norvir" => LiverBlocker;
    "nirmatrelvir", "" => ;
    "hydroxychloroquine", "plaquenil" => QtProlonging;

    "dicloxacillin", "" => Penicillin;
    "cloxacillin", "" => Penicillin;
    "oxacillin", "" => Penicillin;
    "nafcillin", "" => Penicillin;
    "ticarcillin", "" => Penicillin;
    "temocillin", "negaban" => Penicillin;
    // The side chain of cefadroxil.
    "cefprozil", "cefzil" => CephalosporinLike;
    "cefoxitin", "" => CephalosporinOther;
    "cefdinir", "omnicef" => CephalosporinOther;
    "cefpodoxime", "" => CephalosporinOther;
    "ceftazidime", "fortum" => CephalosporinOther;
    "cefepime", "maxipime" => CephalosporinOther;
    "imipenem", "" => Carbapenem;
    "cilastatin", "" => ;
    "doripenem", "" => Carbapenem;
    "aztreonam", "azactam" => ;
    "roxithromycin", "" => Macrolide, QtProlonging;
    "spiramycin", "" => Macrolide;
    "ofloxacin", "tarivid" => Quinolone;
    "norfloxacin", "" => Quinolone;
    "vancomycin", "vanco, vancocin" => ;
    "teicoplanin", "targocid" => ;
    "gentamicin", "gentamycin, gent" => ;
    "tobramycin", "" => ;
    "amikacin", "" => ;
    "neomycin", "" => ;
    "isoniazid", "" => ;
    "ethambutol", "" => ;
    "pyrazinamide", "" => ;
    "voriconazole", "vfend" => AzoleAntifungal, LiverBlocker, QtProlonging;
    "posaconazole", "noxafil" => AzoleAntifungal, LiverBlocker;
    "clotrimazole", "canesten" => AzoleAntifungal;
    "oseltamivir", "tamiflu" => ;
    "ivermectin", "stromectol" => ;
}
