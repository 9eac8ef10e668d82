//! Writes the tables as Rust: a text for each module, which includes it.

use std::collections::BTreeMap;

use super::Tables;
use super::reader::{Line, Standing};
use super::references::{PART, is_class};
use super::rows::{Answer, FORMS, LISTS, MARKS, Weight};

/// The constants of each module.
pub(super) fn modules(tables: &Tables, standing: &Standing) -> Vec<(&'static str, String)> {
    let mut modules: BTreeMap<&'static str, String> = BTreeMap::new();
    let mut write = |module, text: String| modules.entry(module).or_default().push_str(&text);
    write("classes", classes(tables));
    write("substances", constant("SUBSTANCES", "Substance", substances(tables)));
    write("combinations", constant("COMBINATIONS", "(&str, &[&str])", combinations(tables)));
    write("class_names", constant("CLASS_NAMES", "(&str, &[Class])", class_names(tables)));
    write("allergens", constant("ALLERGENS", "Allergen", allergens(tables)));
    write("cross_reactions", constant("CROSSINGS", "Crossing", cross_reactions(tables)));
    write("interactions", constant("RULES", "Rule", interactions(tables)));
    let forms = FORMS.iter().map(|(form, rust)| {
        let words = tables.forms.iter().filter(|line| line.row.form == *form).map(|line| line.row.word.as_str());
        format!("(Form::{rust}, {:?})", words.collect::<Vec<_>>().join(" "))
    });
    write("forms", constant("FORMS", "(Form, &str)", forms.collect()));
    for (list, module) in LISTS {
        let words = tables.words.iter().filter(|line| line.row.list == *list).map(|line| line.row.word.as_str());
        let words = words.collect::<Vec<_>>().join(" ");
        write(module, format!("pub(super) const {}: &str = {words:?};\n", list.to_uppercase()));
    }
    for (mark, module) in MARKS {
        let marked = tables.marks.iter().filter(|line| line.row.mark == *mark);
        let marked = marked.map(|line| format!("{:?}", line.row.substance)).collect();
        write(module, constant(&mark.to_uppercase(), "&str", marked));
    }
    let kept_apart = tables.kept_apart.iter().map(|line| format!("{:?}", line.row.name)).collect();
    write("sameness", constant("KEPT_APART", "&str", kept_apart));
    let Standing { rows, unreviewed, unsourced, edition } = standing;
    let values = format!("rows: {rows}, unreviewed: {unreviewed}, unsourced: {unsourced}, edition: {edition:?}");
    write(
        "standing",
        format!("/// Of the tables as they are.\npub const STANDING: Standing = Standing {{ {values} }};\n"),
    );
    modules.into_iter().collect()
}

fn constant(name: &str, of: &str, values: Vec<String>) -> String {
    format!("pub(super) static {name}: &[{of}] = &[\n    {},\n];\n", values.join(",\n    "))
}

/// The rows by a number of theirs; equal ones stay in the order of the alphabet.
fn in_order<R>(lines: &[Line<R>], order: impl Fn(&R) -> u32) -> Vec<&Line<R>> {
    let mut sorted: Vec<&Line<R>> = lines.iter().collect();
    sorted.sort_by_key(|line| order(&line.row));
    sorted
}

fn classes(tables: &Tables) -> String {
    let sorted = in_order(&tables.classes, |row| row.order);
    let names: Vec<&str> = sorted.iter().map(|line| line.row.class.as_str()).collect();
    let weight = |weight: Weight| match weight {
        Weight::No => "None".to_owned(),
        some => format!("Some(Severity::{some:?})"),
    };
    let rows = sorted.iter().map(|Line { row, source, .. }| {
        let (duplicate, allergy) = (weight(row.two_together), weight(row.allergy_to_another));
        format!(
            "ClassRow {{ class: Class::{}, name: {:?}, duplicate: {duplicate}, allergy: {allergy}, source: {source:?} }}",
            row.class, row.name
        )
    });
    let rows = constant("CLASSES", "ClassRow", rows.collect());
    format!(
        "/// A class of medicines, or a marker shared by medicines that interact in the same way.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub(super) enum Class {{\n    {},\n}}\n{rows}",
        names.join(",\n    ")
    )
}

/// A list of classes, in the order of their table.
fn class_list(tables: &Tables, mut is_wanted: impl FnMut(&str) -> bool) -> String {
    let sorted = in_order(&tables.classes, |row| row.order);
    let wanted = sorted.iter().map(|line| line.row.class.as_str()).filter(|class| is_wanted(class));
    format!("&[{}]", wanted.map(|class| format!("Class::{class}")).collect::<Vec<_>>().join(", "))
}

/// The other names of something, separated by commas.
fn also(tables: &Tables, of: &str) -> String {
    let names = tables.names.iter().filter(|line| line.row.of == of).map(|line| line.row.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn substances(tables: &Tables) -> Vec<String> {
    let written = |line: &&Line<super::Substance>| {
        let name = &line.row.substance;
        let is_of = |class: &str| {
            tables.substance_classes.iter().any(|line| line.row.substance == *name && line.row.class == class)
        };
        let classes = class_list(tables, is_of);
        format!("Substance {{ name: {name:?}, also: {:?}, classes: {classes} }}", also(tables, name))
    };
    in_order(&tables.substances, |row| row.order).iter().map(written).collect()
}

fn combinations(tables: &Tables) -> Vec<String> {
    let written = |line: &&Line<super::Combination>| {
        let (name, others) = (&line.row.combination, also(tables, &line.row.combination));
        let names = if others.is_empty() { name.clone() } else { format!("{name}, {others}") };
        let parts: Vec<&str> = line.row.parts.split(PART).collect();
        format!("({names:?}, &{parts:?})")
    };
    in_order(&tables.combinations, |row| row.order).iter().map(written).collect()
}

fn class_names(tables: &Tables) -> Vec<String> {
    let mut written: Vec<String> = Vec::new();
    for line in in_order(&tables.class_names, |row| row.order) {
        let name = &line.row.name;
        let is_meant =
            |class: &str| tables.class_names.iter().any(|line| line.row.name == *name && line.row.class == class);
        let row = format!("({name:?}, {})", class_list(tables, is_meant));
        if !written.contains(&row) {
            written.push(row);
        }
    }
    written
}

fn allergens(tables: &Tables) -> Vec<String> {
    let written = |line: &&Line<super::Allergen>| {
        let (name, is_ingredient) = (&line.row.allergen, line.row.in_medicines == Answer::Yes);
        let also = also(tables, name);
        format!("Allergen {{ name: {name:?}, also: {also:?}, is_ingredient: {is_ingredient} }}")
    };
    in_order(&tables.allergens, |row| row.order).iter().map(written).collect()
}

fn target(name: &str) -> String {
    if is_class(name) { format!("Target::Any(Class::{name})") } else { format!("Target::One({name:?})") }
}

/// What several classes have in common with a medicine, in the same words, is one.
fn cross_reactions(tables: &Tables) -> Vec<String> {
    let sorted = in_order(&tables.cross_reactions, |row| row.order);
    let groups = sorted.chunk_by(|one, other| {
        let (one_row, other_row) = (&one.row, &other.row);
        (one_row.order, &one_row.medicine, one_row.severity, &one_row.why, &one.source)
            == (other_row.order, &other_row.medicine, other_row.severity, &other_row.why, &other.source)
    });
    let written = |group: &[&Line<super::CrossReaction>]| {
        let allergy = class_list(tables, |class| group.iter().any(|line| line.row.allergy == class));
        let Line { row, source, .. } = group.first()?;
        let (medicine, severity, why) = (target(&row.medicine), row.severity, &row.why);
        Some(format!(
            "Crossing {{ allergy: {allergy}, medicine: {medicine}, severity: Severity::{severity:?}, why: {why:?}, \
             source: {source:?} }}"
        ))
    };
    groups.filter_map(written).collect()
}

fn interactions(tables: &Tables) -> Vec<String> {
    let written = |Line { row, source, .. }: &&Line<super::Interaction>| {
        let (severity, effect, why) = (row.severity, row.effect, &row.why);
        let (one, other) = (target(&row.one), target(&row.other));
        format!(
            "Rule {{ severity: Severity::{severity:?}, effect: Effect::{effect:?}, one: {one}, other: {other}, \
             why: {why:?}, source: {source:?} }}"
        )
    };
    in_order(&tables.interactions, |row| row.order).iter().map(written).collect()
}
