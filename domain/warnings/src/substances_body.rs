//! Substances for pain, the stomach, hormones, the lungs, the skin, the joints and the rest.

use super::substances::substances;

substances! {
    "paracetamol", "acetaminophen, apap, panadol, calpol, tylenol, doliprane, perfalgan" => ;
    "ibuprofen", "nurofen, brufen, advil, motrin, calprofen" => Nsaid;
    "naproxen", "naprosyn, aleve" => Nsaid;
    "diclofenac", "voltarol, voltaren" => Nsaid;
    "indometacin", "indomethacin" => Nsaid;
    "meloxicam", "mobic" => Nsaid;
    "ketoprofen", "oruvail" => Nsaid;
    "celecoxib", "celebrex" => Nsaid;
    "etoricoxib", "arcoxia" => Nsaid;

    "codeine", "" => Opioid;
    "dihydrocodeine", "df 118" => Opioid;
    "tramadol", "zydol, ultram, zamadol" => Opioid;
    "morphine", "oramorph, mst continus, sevredol, zomorph" => Opioid;
    "oxycodone", "oxycontin, oxynorm, longtec" => Opioid;
    "hydrocodone", "" => Opioid;
    "fentanyl", "durogesic, matrifen" => Opioid;
    "buprenorphine", "butrans, temgesic, subutex" => Opioid;
    "methadone", "physeptone" => Opioid, QtProlonging;
    "pethidine", "meperidine, demerol" => Opioid;

    "omeprazole", "losec, prilosec" => Ppi;
    "esomeprazole", "nexium" => Ppi;
    "lansoprazole", "zoton, prevacid" => Ppi;
    "pantoprazole", "protonix" => Ppi;
    "domperidone", "motilium" => QtProlonging;
    "metoclopramide", "maxolon, primperan" => ;
    "ondansetron", "zofran" => QtProlonging;
    "misoprostol", "cytotec" => ;
    "mesalazine", "mesalamine, 5 asa, pentasa, asacol, octasa" => ;
    "sulfasalazine", "sulphasalazine, salazopyrin" => ;

    "metformin", "glucophage" => ;
    "gliclazide", "diamicron" => Sulfonylurea;
    "glimepiride", "amaryl" => Sulfonylurea;
    "sitagliptin", "januvia" => Gliptin;
    "linagliptin", "trajenta, tradjenta" => Gliptin;
    "empagliflozin", "jardiance" => Gliflozin;
    "dapagliflozin", "forxiga, farxiga" => Gliflozin;
    "semaglutide", "ozempic, wegovy, rybelsus" => Glp1;
    "liraglutide", "victoza, saxenda" => Glp1;
    "insulin", "" => InsulinLong, InsulinRapid;
    "insulin glargine", "glargine, lantus, toujeo, abasaglar" => InsulinLong;
    "insulin degludec", "degludec, tresiba" => InsulinLong;
    "insulin aspart", "novorapid, novolog, fiasp" => InsulinRapid;
    "insulin lispro", "lispro, humalog" => InsulinRapid;
    "levothyroxine", "thyroxine, eltroxin, synthroid, euthyrox" => ;

    "prednisolone", "prednisone, deltacortril" => SteroidByMouth;
    "dexamethasone", "decadron" => SteroidByMouth;
    "hydrocortisone", "cortisol, plenadren" => SteroidByMouth;
    "beclometasone", "beclomethasone, clenil, qvar, beconase" => SteroidInhaled;
    "budesonide", "pulmicort, rhinocort" => SteroidInhaled;
    "fluticasone", "flixotide, flovent, flixonase" => SteroidInhaled;
    "betamethasone", "betnovate, diprosone" => SteroidOnSkin;
    "clobetasol", "dermovate" => SteroidOnSkin;
    "mometasone", "elocon, nasonex" => SteroidOnSkin;

    "salbutamol", "albuterol, ventolin, salamol" => Beta2Short;
    "terbutaline", "bricanyl" => Beta2Short;
    "salmeterol", "serevent" => Beta2Long;
    "formoterol", "eformoterol, oxis" => Beta2Long;
    "ipratropium", "atrovent" => ;
    "tiotropium", "spiriva" => ;
    "montelukast", "singulair" => ;
    "theophylline", "aminophylline, uniphyllin" => ;
    "cetirizine", "zirtek, zyrtec" => Antihistamine;
    "loratadine", "clarityn, claritin" => Antihistamine;
    "fexofenadine", "telfast, allegra" => Antihistamine;
    "chlorphenamine", "chlorpheniramine, piriton" => Antihistamine;

    "methotrexate", "mtx, metoject" => ;
    "azathioprine", "imuran" => ;
    "mercaptopurine", "6 mercaptopurine, 6 mp, purinethol" => ;
    "ciclosporin", "cyclosporin, cyclosporine, neoral, sandimmun" => ;
    "allopurinol", "zyloric" => ;
    "colchicine", "colcrys" => ;
    "alendronic acid", "alendronate, fosamax" => Bisphosphonate;
    "risedronate", "risedronic acid, actonel" => Bisphosphonate;
    "calcium carbonate", "adcal, calcichew, calcium supplement" => Mineral;
    "iron", "ferrous sulfate, ferrous sulphate, ferrous fumarate, ferrous gluconate" => Mineral;
    "magnesium hydroxide", "magnesium citrate, magnesium supplement" => Mineral;
    "colecalciferol", "cholecalciferol, vitamin d, vitamin d3" => ;
    "folic acid", "folate" => ;

    "ethinylestradiol", "ethinyl estradiol, ethinyloestradiol, combined pill, combined oral contraceptive" => ;
    "levonorgestrel", "levonelle" => ;
    "tamoxifen", "nolvadex" => ;
    "isotretinoin", "roaccutane, accutane" => ;
    "lidocaine", "lignocaine, xylocaine" => LocalAnaesthetic;
    "bupivacaine", "marcain" => LocalAnaesthetic;
    // An ester: no allergy to the amides crosses to it.
    "procaine", "novocain, novocaine" => ;
    "naloxone", "" => ;
    // Peanut oil, found in some creams, enemas and injections.
    "arachis oil", "arachis, peanut, peanut oil, groundnut, groundnut oil" => ;

    "piroxicam", "feldene" => Nsaid;
    "ketorolac", "toradol" => Nsaid;
    "mefenamic acid", "ponstan" => Nsaid;
    "flurbiprofen", "froben" => Nsaid;
    "nabumetone", "relifex" => Nsaid;
    "etodolac", "" => Nsaid;
    "sulindac", "" => Nsaid;
    "aceclofenac", "preservex" => Nsaid;
    "dexketoprofen", "keral" => Nsaid;
    "parecoxib", "dynastat" => Nsaid;
    "metamizole", "dipyrone, novalgin" => Nsaid;
    "hydromorphone", "palladone, dilaudid" => Opioid;
    "tapentadol", "palexia" => Opioid;
    "rabeprazole", "pariet" => Ppi;
    "famotidine", "pepcid" => ;
    "ranitidine", "zantac" => ;
    "cimetidine", "tagamet" => ;
    "loperamide", "imodium" => ;
    "mebeverine", "colofac" => ;
    "lactulose", "duphalac" => ;
    "glipizide", "" => Sulfonylurea;
    "glibenclamide", "glyburide" => Sulfonylurea;
    "pioglitazone", "actos" => ;
    "saxagliptin", "onglyza" => Gliptin;
    "vildagliptin", "galvus" => Gliptin;
    "alogliptin", "vipidia" => Gliptin;
    "canagliflozin", "invokana" => Gliflozin;
    "dulaglutide", "trulicity" => Glp1;
    "exenatide", "byetta, bydureon" => Glp1;
    "insulin detemir", "detemir, levemir" => InsulinLong;
    "insulin glulisine", "glulisine, apidra" => InsulinRapid;
    "carbimazole", "neo mercazole" => ;
    "propylthiouracil", "ptu" => ;
    "methylprednisolone", "medrone, medrol" => SteroidByMouth;
    "triamcinolone", "kenalog" => SteroidByMouth;
    "deflazacort", "calcort" => SteroidByMouth;
    "ciclesonide", "alvesco" => SteroidInhaled;
    "clobetasone", "eumovate" => SteroidOnSkin;
    "levocetirizine", "xyzal" => Antihistamine;
    "desloratadine", "neoclarityn, aerius" => Antihistamine;
    "promethazine", "phenergan" => Antihistamine;
    "diphenhydramine", "benadryl, nytol" => Antihistamine;
    "hydroxyzine", "atarax" => Antihistamine, QtProlonging;
    "ibandronic acid", "ibandronate, bonviva" => Bisphosphonate;
    "zoledronic acid", "zoledronate, aclasta, zometa" => Bisphosphonate;
    "mepivacaine", "" => LocalAnaesthetic;
    "prilocaine", "" => LocalAnaesthetic;
    "ropivacaine", "naropin" => LocalAnaesthetic;
    "articaine", "" => LocalAnaesthetic;
    "tacrolimus", "prograf, advagraf" => ;
    "mycophenolate", "mycophenolic acid, mycophenolate mofetil, cellcept, myfortic" => ;
    "leflunomide", "arava" => ;
    "febuxostat", "adenuric" => ;
}
