//! Substances for the heart, the circulation, the blood and the urinary tract.

use super::substances::substances;

substances! {
    "ramipril", "tritace, altace" => AceInhibitor, AceOrArb;
    "lisinopril", "zestril, prinivil" => AceInhibitor, AceOrArb;
    "enalapril", "innovace, vasotec, renitec" => AceInhibitor, AceOrArb;
    "perindopril", "coversyl" => AceInhibitor, AceOrArb;
    "captopril", "capoten" => AceInhibitor, AceOrArb;

    "losartan", "cozaar" => Arb, AceOrArb;
    "candesartan", "amias, atacand" => Arb, AceOrArb;
    "valsartan", "diovan" => Arb, AceOrArb;
    "irbesartan", "aprovel, avapro" => Arb, AceOrArb;
    "sacubitril", "" => ;

    "bisoprolol", "cardicor, concor" => BetaBlocker;
    "atenolol", "tenormin" => BetaBlocker;
    "metoprolol", "lopressor, betaloc, toprol" => BetaBlocker;
    "propranolol", "inderal" => BetaBlocker;
    "carvedilol", "coreg" => BetaBlocker;
    "nebivolol", "nebilet, bystolic" => BetaBlocker;
    "sotalol", "sotacor, betapace" => BetaBlocker, QtProlonging;
    "timolol", "timoptol" => BetaBlocker;

    "amlodipine", "norvasc, istin" => Dihydropyridine;
    "felodipine", "plendil" => Dihydropyridine;
    "nifedipine", "adalat" => Dihydropyridine;
    "lercanidipine", "zanidip" => Dihydropyridine;
    "verapamil", "securon, isoptin" => RateLimiting;
    "diltiazem", "tildiem, cardizem, adizem" => RateLimiting;

    "simvastatin", "zocor" => Statin;
    "atorvastatin", "lipitor" => Statin;
    "rosuvastatin", "crestor" => Statin;
    "pravastatin", "lipostat, pravachol" => Statin;
    "ezetimibe", "ezetrol, zetia" => ;
    "fenofibrate", "lipantil, tricor" => Fibrate;
    "gemfibrozil", "lopid" => Fibrate;

    "bendroflumethiazide", "bendrofluazide, aprinox" => Thiazide;
    "hydrochlorothiazide", "hctz" => Thiazide;
    "indapamide", "natrilix" => Thiazide;
    "furosemide", "frusemide, lasix" => LoopDiuretic;
    "bumetanide", "burinex" => LoopDiuretic;
    "spironolactone", "aldactone" => PotassiumSparing;
    "eplerenone", "inspra" => PotassiumSparing;
    "amiloride", "midamor" => PotassiumSparing;
    "potassium chloride", "sando k, slow k, kay cee l, potassium supplement" => ;

    "warfarin", "coumadin, marevan" => Anticoagulant;
    "apixaban", "eliquis" => Anticoagulant, Doac;
    "rivaroxaban", "xarelto" => Anticoagulant, Doac;
    "edoxaban", "lixiana, savaysa" => Anticoagulant, Doac;
    "dabigatran", "pradaxa" => Anticoagulant, Doac;
    "enoxaparin", "clexane, lovenox, inhixa" => Anticoagulant;

    "aspirin", "acetylsalicylic acid, acetylsalicylate, acetylsalicylsaure, asa, disprin, aspro" => Antiplatelet, Salicylate;
    "clopidogrel", "plavix" => Antiplatelet;
    "ticagrelor", "brilique, brilinta" => Antiplatelet;
    "prasugrel", "efient, effient" => Antiplatelet;

    "glyceryl trinitrate", "gtn, nitroglycerin, nitroglycerine, nitrolingual, glytrin, rectogesic" => Nitrate;
    "isosorbide mononitrate", "ismn, monomil, imdur, elantan" => Nitrate;
    "isosorbide dinitrate", "isdn, isordil" => Nitrate;
    "nicorandil", "ikorel" => Nitrate;

    "digoxin", "lanoxin" => ;
    "amiodarone", "cordarone, cordarone x" => QtProlonging;
    "ivabradine", "procoralan" => ;

    "doxazosin", "cardura" => AlphaBlocker;
    "tamsulosin", "flomax, flomaxtra" => AlphaBlocker;
    "sildenafil", "viagra, revatio" => Pde5;
    "tadalafil", "cialis, adcirca" => Pde5;
    "adrenaline", "epinephrine, epipen, jext, emerade" => ;

    "quinapril", "accupro" => AceInhibitor, AceOrArb;
    "fosinopril", "" => AceInhibitor, AceOrArb;
    "trandolapril", "" => AceInhibitor, AceOrArb;
    "benazepril", "" => AceInhibitor, AceOrArb;
    "imidapril", "tanatril" => AceInhibitor, AceOrArb;
    "telmisartan", "micardis" => Arb, AceOrArb;
    "olmesartan", "olmetec, benicar" => Arb, AceOrArb;
    "eprosartan", "teveten" => Arb, AceOrArb;
    "azilsartan", "edarbi" => Arb, AceOrArb;
    "labetalol", "trandate" => BetaBlocker;
    "nadolol", "corgard" => BetaBlocker;
    "pindolol", "" => BetaBlocker;
    "acebutolol", "sectral" => BetaBlocker;
    "celiprolol", "celectol" => BetaBlocker;
    "lacidipine", "motens" => Dihydropyridine;
    "nicardipine", "" => Dihydropyridine;
    "nimodipine", "nimotop" => Dihydropyridine;
    "fluvastatin", "lescol" => Statin;
    "pitavastatin", "livazo" => Statin;
    "bezafibrate", "bezalip" => Fibrate;
    "ciprofibrate", "" => Fibrate;
    "chlortalidone", "chlorthalidone, hygroton" => Thiazide;
    "metolazone", "" => Thiazide;
    "torasemide", "torsemide" => LoopDiuretic;
    "triamterene", "" => PotassiumSparing;
    "acenocoumarol", "sinthrome" => Anticoagulant;
    "phenprocoumon", "marcumar" => Anticoagulant;
    "heparin", "" => Anticoagulant;
    "dalteparin", "fragmin" => Anticoagulant;
    "tinzaparin", "innohep" => Anticoagulant;
    "fondaparinux", "arixtra" => Anticoagulant;
    "dipyridamole", "persantin" => Antiplatelet;
    "vardenafil", "levitra" => Pde5;
    "avanafil", "spedra" => Pde5;
    "alfuzosin", "xatral" => AlphaBlocker;
    "prazosin", "hypovase" => AlphaBlocker;
    "terazosin", "hytrin" => AlphaBlocker;
    "flecainide", "tambocor" => ;
    "ranolazine", "ranexa" => ;
    "hydralazine", "" => ;
}
