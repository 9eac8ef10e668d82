//! What a row of each file says, beside who says so.

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The columns by which a file is sorted: a word, a number, another word.
pub(super) type Key<'a> = (&'a str, u32, &'a str);

/// A row of one file.
pub(super) trait Row: DeserializeOwned {
    const FILE: &'static str;
    /// The columns before those that every file has.
    const COLUMNS: &'static [&'static str];
    /// What no two rows share, and by which they are sorted.
    fn key(&self) -> Key<'_>;
}

/// Rows read: file: type { its columns } sorted by.
macro_rules! rows {
    ($($file:literal: $row:ident { $($column:ident: $of:ty),* } by |$this:ident| $key:expr;)*) => {
        $(
            #[derive(Debug, Deserialize)]
            pub(super) struct $row { $(pub(super) $column: $of),* }

            impl Row for $row {
                const FILE: &'static str = $file;
                const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];
                fn key(&self) -> Key<'_> {
                    let $this = self;
                    $key
                }
            }
        )*
    };
}

rows! {
    "classes.csv": Class { class: String, order: u32, name: String, two_together: Weight, allergy_to_another: Weight }
        by |row| (&row.class, 0, "");
    "substances.csv": Substance { substance: String, order: u32 } by |row| (&row.substance, 0, "");
    "substance_classes.csv": SubstanceClass { substance: String, class: String } by |row| (&row.substance, 0, &row.class);
    "combinations.csv": Combination { combination: String, order: u32, parts: String } by |row| (&row.combination, 0, "");
    "allergens.csv": Allergen { allergen: String, order: u32, in_medicines: Answer } by |row| (&row.allergen, 0, "");
    "names.csv": Name { of: String, order: u32, name: String } by |row| (&row.of, row.order, &row.name);
    "class_names.csv": ClassName { name: String, class: String, order: u32 } by |row| (&row.name, 0, &row.class);
    "cross_reactions.csv": CrossReaction {
        allergy: String, medicine: String, order: u32, severity: Severity, why: String
    } by |row| (&row.allergy, 0, &row.medicine);
    "interactions.csv": Interaction {
        one: String, other: String, order: u32, severity: Severity, effect: Effect, why: String
    } by |row| (&row.one, 0, &row.other);
    "forms.csv": FormWord { form: String, word: String } by |row| (&row.form, 0, &row.word);
    "words.csv": ListedWord { list: String, word: String } by |row| (&row.list, 0, &row.word);
    "kept_apart.csv": KeptApart { name: String } by |row| (&row.name, 0, "");
    "marks.csv": MarkedSubstance { mark: String, substance: String } by |row| (&row.mark, 0, &row.substance);
}

/// What every row says beside its own columns.
#[derive(Debug, Deserialize)]
pub(super) struct Review {
    /// The title of what the row was taken from, or [`NOBODY`].
    pub(super) source: String,
    /// Who has compared the row with its source, or [`NOBODY`].
    pub(super) reviewer: String,
    /// The day of the review; before there is one, the day on which the row was written.
    pub(super) date: String,
}

/// Stands for a source that was not noted, and for a review that has not been.
pub(super) const NOBODY: &str = "none yet";

/// How much a rule weighs.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Severity {
    Danger,
    Caution,
}

/// How much belonging to a class weighs, if at all.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Weight {
    Danger,
    Caution,
    No,
}

/// What an interaction does.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Effect {
    Bleeding,
    Heart,
    Kidneys,
    Level,
    Nerves,
    Other,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Yes,
    No,
}

/// The forms, and what Rust calls them. The first of which a text holds a word counts.
pub(super) const FORMS: &[(&str, &str)] =
    &[("nose", "Nose"), ("eye_or_ear", "EyeOrEar"), ("whole", "Whole"), ("lungs", "Lungs"), ("skin", "Skin")];

/// The lists of words, and the modules that read them.
pub(super) const LISTS: &[(&str, &str)] = &[
    ("about_allergies", "ignorable"),
    ("anywhere", "ignorable"),
    ("beside_allergens", "ignorable"),
    ("bound", "ignorable"),
    ("capitals", "class_names"),
    ("common", "forms"),
    ("doubtful_alone", "ignorable"),
    ("makers", "ignorable"),
    ("metals", "ignorable"),
    ("minerals", "ignorable"),
    ("plain", "sameness"),
    ("somewhere", "ignorable"),
    ("telling_salts", "sameness"),
    ("times", "ignorable"),
    ("units", "ignorable"),
];

/// What a substance can be marked as, and the modules that read it.
pub(super) const MARKS: &[(&str, &str)] =
    &[("dangerous_twice", "duplicates"), ("large", "reading"), ("unsalted", "reading")];
