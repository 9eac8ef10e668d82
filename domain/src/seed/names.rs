//! Names as they are heard in a Dublin waiting room: mostly Irish, many from elsewhere, first and last ones that go
//! together. Combined by chance; nobody in particular is meant.

use std::collections::HashMap;

use super::dice::Dice;

/// Where a family comes from: names that fit each other, and what is spoken at home besides English.
struct Background {
    /// Out of 100 people.
    share: u32,
    language: Option<&'static str>,
    first: &'static [&'static str],
    last: &'static [&'static str],
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub first: &'static str,
    pub last: &'static str,
    /// Spoken besides English.
    pub language: Option<&'static str>,
}

impl Name {
    pub(super) fn draw(dice: &mut Dice) -> Self {
        let mut left = dice.below(100) as u32;
        let background = BACKGROUNDS
            .iter()
            .find(|background| {
                let found = left < background.share;
                left = left.saturating_sub(background.share);
                found
            })
            .unwrap_or(&BACKGROUNDS[0]);
        Self { first: dice.pick(background.first), last: dice.pick(background.last), language: background.language }
    }
}

/// Hands out user names, each only once: `mary.byrne`, then `mary.byrne2`.
#[derive(Debug, Default)]
pub(super) struct Usernames(HashMap<String, u32>);

impl Usernames {
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let count = self.0.entry(wanted.to_owned()).or_default();
        *count += 1;
        if *count == 1 { wanted.to_owned() } else { format!("{wanted}{count}") }
    }
}

/// A name in the letters that e-mail addresses are made of: `Ó Sé` becomes `ose`.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'a'..='z' => Some(letter),
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'ą' | 'ă' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' | 'ę' => Some('e'),
            'í' | 'î' | 'ï' => Some('i'),
            'ó' | 'ô' | 'õ' | 'ö' => Some('o'),
            'ú' | 'ü' => Some('u'),
            'ç' | 'ć' => Some('c'),
            'ł' => Some('l'),
            'ñ' | 'ń' => Some('n'),
            'ś' | 'ș' => Some('s'),
            'ț' => Some('t'),
            'ż' | 'ź' => Some('z'),
            _ => None,
        })
        .collect()
}

static BACKGROUNDS: [Background; 12] = [
    Background {
        share: 54,
        language: None,
        first: &[
            "Aisling",
            "Aoife",
            "Bríd",
            "Caoimhe",
            "Ciara",
            "Clodagh",
            "Deirdre",
            "Eimear",
            "Fionnuala",
            "Gráinne",
            "Helen",
            "Imelda",
            "Jane",
            "Kathleen",
            "Laura",
            "Maeve",
            "Margaret",
            "Mary",
            "Niamh",
            "Nora",
            "Orla",
            "Patricia",
            "Róisín",
            "Sarah",
            "Sinéad",
            "Sorcha",
            "Susan",
            "Teresa",
            "Úna",
            "Yvonne",
            "Aidan",
            "Barry",
            "Brendan",
            "Brian",
            "Cathal",
            "Cian",
            "Colm",
            "Conor",
            "Daniel",
            "Darragh",
            "Declan",
            "Donal",
            "Eamon",
            "Eoin",
            "Fergal",
            "Fiachra",
            "Gerard",
            "Hugh",
            "James",
            "John",
            "Kevin",
            "Lorcan",
            "Michael",
            "Niall",
            "Oisín",
            "Patrick",
            "Rory",
            "Ruairí",
            "Stephen",
            "Tadhg",
        ],
        last: &[
            "Boland",
            "Brady",
            "Brennan",
            "Burke",
            "Byrne",
            "Carroll",
            "Casey",
            "Clancy",
            "Collins",
            "Connolly",
            "Corrigan",
            "Cullen",
            "Daly",
            "Delaney",
            "Dempsey",
            "Devlin",
            "Doherty",
            "Dolan",
            "Donnelly",
            "Dowling",
            "Doyle",
            "Duffy",
            "Dunne",
            "Egan",
            "Fagan",
            "Farrell",
            "Fitzgerald",
            "Flynn",
            "Foley",
            "Gallagher",
            "Geraghty",
            "Hanlon",
            "Healy",
            "Hickey",
            "Hogan",
            "Kavanagh",
            "Keane",
            "Kearney",
            "Keating",
            "Kelleher",
            "Keogh",
            "Kiely",
            "Lacey",
            "Lynch",
            "MacMahon",
            "Madden",
            "Maguire",
            "Maher",
            "McCabe",
            "McGrath",
            "McNamara",
            "Moran",
            "Mulcahy",
            "Mulligan",
            "Nolan",
            "O'Dea",
            "O'Rourke",
            "Quigley",
            "Quinn",
            "Regan",
            "Reidy",
            "Roche",
            "Scanlon",
            "Sheehy",
            "Slattery",
            "Tierney",
            "Tobin",
            "Twomey",
            "Wall",
            "Whelan",
        ],
    },
    Background {
        share: 9,
        language: Some("Polish"),
        first: &[
            "Agnieszka",
            "Ewa",
            "Joanna",
            "Karolina",
            "Katarzyna",
            "Magdalena",
            "Małgorzata",
            "Zofia",
            "Adam",
            "Grzegorz",
            "Jakub",
            "Krzysztof",
            "Marek",
            "Paweł",
            "Piotr",
            "Tomasz",
        ],
        last: &[
            "Baran",
            "Dudek",
            "Kaczmarek",
            "Kołodziej",
            "Król",
            "Krawczyk",
            "Mazur",
            "Michalak",
            "Nowak",
            "Pawlak",
            "Szymczak",
            "Wieczorek",
            "Wójcik",
            "Wróbel",
            "Zając",
        ],
    },
    Background {
        share: 8,
        language: Some("Hindi"),
        first: &[
            "Ananya", "Deepa", "Kavya", "Lakshmi", "Meera", "Nisha", "Priya", "Shreya", "Arjun", "Karthik", "Manish",
            "Nikhil", "Rahul", "Sanjay", "Suresh", "Vikram",
        ],
        last: &[
            "Agarwal", "Bhatt", "Chandra", "Desai", "Iyer", "Joshi", "Kulkarni", "Malhotra", "Menon", "Nair", "Patel",
            "Pillai", "Rao", "Sharma", "Verma",
        ],
    },
    Background {
        share: 6,
        language: Some("Yoruba"),
        first: &[
            "Abiola",
            "Adaeze",
            "Bukola",
            "Folake",
            "Ngozi",
            "Sade",
            "Temitope",
            "Yetunde",
            "Adewale",
            "Ayodele",
            "Babatunde",
            "Femi",
            "Kunle",
            "Olumide",
            "Segun",
            "Tunde",
        ],
        last: &[
            "Adebayo", "Adeleke", "Afolabi", "Akande", "Alabi", "Ayinde", "Balogun", "Falade", "Ogunleye", "Ojo",
            "Oladipo", "Olaniyan", "Oyelaran", "Salako",
        ],
    },
    Background {
        share: 6,
        language: Some("Portuguese"),
        first: &[
            "Ana Paula",
            "Beatriz",
            "Camila",
            "Fernanda",
            "Juliana",
            "Larissa",
            "Mariana",
            "Bruno",
            "Caio",
            "Felipe",
            "Gustavo",
            "João",
            "Rafael",
            "Thiago",
        ],
        last: &[
            "Almeida",
            "Barbosa",
            "Cardoso",
            "Carvalho",
            "Duarte",
            "Ferreira",
            "Gonçalves",
            "Lima",
            "Moreira",
            "Nogueira",
            "Ribeiro",
            "Tavares",
            "Teixeira",
        ],
    },
    Background {
        share: 4,
        language: Some("Romanian"),
        first: &[
            "Alina", "Andreea", "Elena", "Ioana", "Mihaela", "Simona", "Adrian", "Bogdan", "Cristian", "Mihai", "Radu",
            "Vlad",
        ],
        last: &[
            "Albu",
            "Constantin",
            "Dumitru",
            "Ionescu",
            "Lungu",
            "Marin",
            "Munteanu",
            "Preda",
            "Rusu",
            "Stan",
            "Voicu",
        ],
    },
    Background {
        share: 3,
        language: Some("Ukrainian"),
        first: &["Daryna", "Halyna", "Iryna", "Kateryna", "Oksana", "Andriy", "Bohdan", "Mykola", "Serhiy", "Taras"],
        last: &["Bondarenko", "Hrytsenko", "Kovalenko", "Lysenko", "Marchenko", "Petrenko", "Savchenko", "Tkachenko"],
    },
    Background {
        share: 3,
        language: Some("Tagalog"),
        first: &["Angelica", "Corazon", "Divina", "Jasmine", "Marisol", "Carlo", "Emmanuel", "Jerome", "Noel", "Ramil"],
        last: &["Aquino", "Bautista", "Castillo", "Dela Cruz", "Manalo", "Mendoza", "Ramos", "Santos", "Villanueva"],
    },
    Background {
        share: 2,
        language: Some("Spanish"),
        first: &["Carmen", "Inés", "Lucía", "Marta", "Nuria", "Álvaro", "Diego", "Javier", "Pablo", "Sergio"],
        last: &["Aguilar", "Campos", "Herrera", "Iglesias", "Molina", "Navarro", "Ortega", "Peña", "Vidal"],
    },
    Background {
        share: 2,
        language: Some("French"),
        first: &["Amélie", "Camille", "Élise", "Hélène", "Sophie", "Antoine", "Étienne", "Julien", "Luc", "Mathieu"],
        last: &["Bertrand", "Chevalier", "Fontaine", "Gauthier", "Lambert", "Lefèvre", "Mercier", "Renaud", "Rousseau"],
    },
    Background {
        share: 2,
        language: Some("German"),
        first: &["Anke", "Greta", "Ingrid", "Katrin", "Silke", "Dieter", "Jürgen", "Lukas", "Matthias", "Stefan"],
        last: &["Albrecht", "Brandt", "Engel", "Hartmann", "Krüger", "Lindner", "Seidel", "Vogel", "Winter"],
    },
    Background {
        share: 1,
        language: Some("Italian"),
        first: &["Chiara", "Elisa", "Francesca", "Giulia", "Paola", "Davide", "Lorenzo", "Marco", "Matteo", "Paolo"],
        last: &["Basile", "Conti", "Ferrara", "Gallo", "Lombardi", "Marini", "Rinaldi", "Sartori", "Vitale"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_make_a_hundred() {
        assert_eq!(BACKGROUNDS.iter().map(|background| background.share).sum::<u32>(), 100);
    }

    #[test]
    fn every_name_has_a_spelling_for_addresses() {
        for name in BACKGROUNDS.iter().flat_map(|background| background.first.iter().chain(background.last)) {
            let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
            assert_eq!(plain(name).len(), letters, "{name}");
        }
    }

    #[test]
    fn user_names_are_handed_out_once() {
        let mut usernames = Usernames::default();
        assert_eq!(usernames.take("mary.byrne"), "mary.byrne");
        assert_eq!(usernames.take("mary.byrne"), "mary.byrne2");
        assert_eq!(usernames.take("mary.burke"), "mary.burke");
    }
}
