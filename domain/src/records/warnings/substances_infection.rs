//! Substances against infections.

use super::substances::substances;

substances! {
    "amoxicillin", "amoxycillin, amoxil, clamoxyl" => Penicillin;
    "ampicillin", "penbritin" => Penicillin;
    "flucloxacillin", "floxapen, fluclox" => Penicillin;
    "phenoxymethylpenicillin", "penicillin v, penicillin vk, pen v" => Penicillin;
    "benzylpenicillin", "penicillin g, benzathine benzylpenicillin" => Penicillin;
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
    "erythromycin", "erythrocin, erythroped, stiemycin" => Macrolide, LiverBlocker, QtProlonging;
    "azithromycin", "zithromax" => Macrolide, QtProlonging;

    "sulfamethoxazole", "sulphamethoxazole" => SulfaAntibiotic;
    "sulfadiazine", "sulphadiazine, silver sulfadiazine, flamazine" => SulfaAntibiotic;
    "trimethoprim", "monotrim" => ;

    "doxycycline", "vibramycin, efracea" => Tetracycline;
    "lymecycline", "tetralysal" => Tetracycline;
    "minocycline", "minocin" => Tetracycline;
    "tetracycline", "oxytetracycline" => Tetracycline;

    "ciprofloxacin", "ciproxin, cipro" => Quinolone;
    "levofloxacin", "tavanic, levaquin" => Quinolone;
    "moxifloxacin", "avelox" => Quinolone, QtProlonging;

    "metronidazole", "flagyl, metrogel, rozex" => ;
    "nitrofurantoin", "macrobid, macrodantin" => ;
    "clindamycin", "dalacin, dalacin c" => ;
    // Linezolid is a weak, reversible monoamine oxidase inhibitor.
    "linezolid", "zyvox" => Maoi;
    "rifampicin", "rifampin, rifadin" => LiverInducer;
    "fusidic acid", "sodium fusidate, fusidate, fucidin" => ;

    "fluconazole", "diflucan" => AzoleAntifungal, QtProlonging;
    "itraconazole", "sporanox" => AzoleAntifungal, LiverBlocker;
    "ketoconazole", "nizoral" => AzoleAntifungal, LiverBlocker;
    "miconazole", "daktarin" => AzoleAntifungal;
    "terbinafine", "lamisil" => ;

    "aciclovir", "acyclovir, zovirax" => ;
    "ritonavir", "norvir" => LiverBlocker;
    "nirmatrelvir", "" => ;
    "hydroxychloroquine", "plaquenil" => QtProlonging;
}
