//! What is typed as an allergy and is none: "NKDA", "none known", "not asked".

use super::warnings::folded;

/// What was typed as an allergy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// That somebody asked, and that none is known.
    NoneKnown {
        /// Of medicines alone.
        only_medicines: bool,
    },
    /// That nobody knows, or that nobody asked.
    NotAsked,
    /// That something is none, or all but something: it cannot be told from an allergy later.
    Denial,
    Allergy,
}

/// Abbreviations for "no known allergies", "… drug allergies", "… medical allergies".
const NONE: &str = "nka nkda nkma";
const NONE_OF_MEDICINES: &str = "nkda nkma";
/// Abbreviations for "no known food allergies" and the like: alone they say nothing about medicines.
const NONE_OF_OTHERS: &str = "nkfa nkla nkea";
/// Words that deny.
const NO: &str = "no none nil nada nothing non zero negative denies denied denying never without free neg \
    kein keine keinerlei aucun aucune pas sans sin senza bez ninguna ninguno nessuna nessuno geen brak inga ingen nenhuma";
/// Words that deny only with others: "not allergic".
const NOT: &str = "not nicht";
/// Words around them.
const AROUND: &str = "known know any all allergy allergie allergies allergic to the a an of is are was has have had he she \
    they patient pt client person i am we there s that this these reported recorded documented stated found identified \
    noted listed aware history hx ever so far at present currently current now today asked when on and or by per \
    reaction reactions adverse sensitivity sensitivities intolerance intolerances hypersensitivity hypersensitivities \
    anything medical substances substance drugs drug medicine \
    medicines medication medications meds med medicinal drugallergies self dallergie dallergies \
    bekannt bekannte bekannten allergien allergie arzneimittel medikamente medikamenten connue connues connu allergique \
    conocida conocidas conocido alergia alergias nota note allergia allergieen bekend bekende kanda allergier znane \
    alergii conhecida conhecidas";
const MEDICINES: &str = "drug drugs medicine medicines medication medications meds med medicinal drugallergies arzneimittel \
    medikamente medikamenten";
/// What else is asked about. Beside medicines it makes the answer one about everything; alone it is none about medicines.
const OTHER_THINGS: &str = "food foods environmental anything substances substance all any";
/// That nobody knows.
const UNKNOWN: &[&str] = &[
    "unknown",
    "not known",
    "not asked",
    "not recorded",
    "not yet asked",
    "not documented",
    "not sure",
    "unsure",
    "unclear",
    "na",
    "n a",
    "not applicable",
    "not available",
    "nk",
    "n k",
    "u k",
    "uk",
    "tbc",
    "to be confirmed",
    "to ask",
    "ask",
    "unable to obtain",
    "uto",
    "not obtained",
    "not given",
    "no information",
    "no information available",
    "no data",
    "no record",
    "no records",
    "no history available",
    "unknown allergies",
    "allergies unknown",
    "allergy unknown",
    "allergies not known",
    "allergy status unknown",
    "don t know",
    "dont know",
    "does not know",
    "doesnt know",
    "unbekannt",
    "inconnu",
    "desconocido",
    "pending",
    "see notes",
    "see letter",
    "nc",
];

/// Reads what was typed as an allergy.
pub(super) fn read(text: &str) -> Typed {
    let folded = folded(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    if is_unknown(text, &folded) {
        return Typed::NotAsked;
    }
    // "N.K.D.A." is one word, whichever signs stand between its letters.
    let joined = words.concat();
    if is_in(NONE, &joined) {
        return Typed::NoneKnown { only_medicines: is_in(NONE_OF_MEDICINES, &joined) };
    }
    let denies = |word: &&str| is_in(NO, word) || is_in(NONE, word) || is_in(NONE_OF_OTHERS, word);
    let says_not = words.iter().any(|word| is_in(NOT, word));
    if !words.iter().any(denies) && !says_not {
        return Typed::Allergy;
    }
    let names = |list: &str| words.iter().any(|word| is_in(list, word));
    let is_about_more = names(MEDICINES) || names(NONE);
    let is_around = |word: &&str| match (is_in(OTHER_THINGS, word), is_in(NONE_OF_OTHERS, word)) {
        (false, false) => denies(word) || is_in(NOT, word) || is_in(AROUND, word),
        _ => is_about_more || is_in(AROUND, word),
    };
    if words.iter().all(is_around) {
        let abbreviated = names(NONE)
            && !names(NONE_OF_OTHERS)
            && words.iter().all(|word| !is_in(NONE, word) || is_in(NONE_OF_MEDICINES, word));
        return Typed::NoneKnown { only_medicines: (names(MEDICINES) || abbreviated) && !names(OTHER_THINGS) };
    }
    // "Non-steroidals" and "alcohol-free wipes" are allergies; "no penicillin" and "none but latex" say the opposite.
    let begins_denying = words.first().is_some_and(|word| {
        (is_in(NO, word) && !matches!(*word, "non" | "free" | "without" | "pas" | "sans" | "neg"))
            || is_in(NONE, word)
            || is_in(NONE_OF_OTHERS, word)
    });
    if begins_denying || (says_not && words.iter().any(|word| word.starts_with("allerg"))) {
        Typed::Denial
    } else {
        Typed::Allergy
    }
}

/// Whether nobody knows. A dash or "0" in a field may mean that too.
pub(super) fn is_unknown(text: &str, folded: &str) -> bool {
    !text.chars().any(char::is_alphabetic) || UNKNOWN.contains(&folded)
}

/// Whether a folded word denies.
pub(super) fn denies(word: &str) -> bool {
    is_in(NO, word) || is_in(NOT, word)
}

/// Whether a folded word says nothing beside a denial.
pub(super) fn is_around(word: &str) -> bool {
    is_in(AROUND, word) || is_in(OTHER_THINGS, word)
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn none_known_is_no_allergy(
        #[values(
            "NKA",
            "nka",
            "N.K.A.",
            "None",
            "none known",
            "None known.",
            "Nil",
            "nil known",
            "NIL KNOWN",
            "no known allergies",
            "No Known Allergies",
            "no known allergy",
            "No allergies",
            "no allergy",
            "No allergies known",
            "not allergic",
            "not allergic to anything",
            "denies allergies",
            "Denies any allergies",
            "patient denies any known allergies",
            "nothing known",
            "Nothing",
            "no allergies reported",
            "No allergies recorded",
            "no adverse reactions",
            "negative",
            "allergies: none",
            "Allergies - nil",
            "Allergies: none known",
            "zero allergies",
            "no food or drug allergies",
            "No known drug or food allergies",
            "keine",
            "keine Allergien bekannt",
            "aucune",
            "aucune allergie connue",
            "ninguna",
            "ninguna conocida",
            "nessuna",
            "geen",
            "\u{ff2e}\u{ff2b}\u{ff21}",
            "no\u{a0}known\u{a0}allergies",
            "none, asked today",
            "He has no allergies",
            "NKA/NKFA"
        )]
        text: &str,
    ) {
        assert_eq!(read(text), Typed::NoneKnown { only_medicines: false }, "{text}");
    }

    #[rstest]
    fn none_known_of_medicines_is_that(
        #[values(
            "NKDA",
            "nkda",
            "N.K.D.A.",
            "N K D A",
            "nkda.",
            "No known drug allergies",
            "no known drug allergy",
            "No drug allergies",
            "no known medication allergies",
            "no known allergies to medication",
            "NKDA per patient",
            "No known medicine allergies",
            "not allergic to medicines",
            "NKDA (no known drug allergies)"
        )]
        text: &str,
    ) {
        assert_eq!(read(text), Typed::NoneKnown { only_medicines: true }, "{text}");
    }

    #[rstest]
    fn that_nobody_knows_is_neither(
        #[values(
            "unknown",
            "Unknown",
            "not known",
            "Not asked",
            "n/a",
            "N/A",
            "NA",
            "?",
            "-",
            "—",
            ".",
            "0",
            "nk",
            "allergies unknown",
            "unsure"
        )]
        text: &str,
    ) {
        assert_eq!(read(text), Typed::NotAsked, "{text}");
    }

    #[rstest]
    fn what_denies_one_allergy_is_refused(
        #[values(
            "no penicillin allergy",
            "No penicillin",
            "not allergic to penicillin",
            "none except penicillin",
            "None known apart from latex",
            "NKDA except codeine",
            "nil but peanuts",
            "NKFA",
            "no known food allergies",
            "No food allergies",
            "no latex allergy",
            "no other allergies",
            "nothing else",
            "No family history of allergies",
            "denies penicillin allergy"
        )]
        text: &str,
    ) {
        assert_eq!(read(text), Typed::Denial, "{text}");
    }

    #[rstest]
    fn an_allergy_is_one(
        #[values(
            "Penicillin",
            "NSAIDs",
            "non-steroidals",
            "Nonsteroidal anti-inflammatories",
            "Latex",
            "Peanuts",
            "Nickel",
            "Nuts",
            "Novocaine",
            "Nilotinib",
            "Nonoxynol",
            "Noradrenaline",
            "gluten-free wheat",
            "Sulfa",
            "Knotweed",
            "Neomycin",
            "NK-92",
            "Anything with egg",
            "penicillin and other drugs"
        )]
        text: &str,
    ) {
        assert_eq!(read(text), Typed::Allergy, "{text}");
    }
}
