//! What a screen reader is told: a tree of parts, in the order in which they are read.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading with its level, 1 for the paper's title, and its text.
    Heading(u16, String),
    Paragraph,
    /// A list with bullets.
    List,
    /// A list of terms and what is said of them.
    Facts,
    Item,
    /// The bullet or the term of an item.
    Label,
    /// The text of an item.
    Body,
    Table,
    Caption,
    HeadRows,
    BodyRows,
    Row,
    /// The head of a column.
    Column,
    /// A cell that is no head.
    Data,
}

impl Role {
    fn tag(&self) -> TagKind {
        match self {
            Self::Heading(level, text) => {
                let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(text.clone()).filter(|text| !text.is_empty())).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::List => Tag::L(ListNumbering::Disc).into(),
            Self::Facts => Tag::L(ListNumbering::None).into(),
            Self::Item => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::Body => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Caption => Tag::Caption.into(),
            Self::HeadRows => Tag::THead.into(),
            Self::BodyRows => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::Column => Tag::TH(TableHeaderScope::Column).into(),
            Self::Data => Tag::TD.into(),
        }
    }
}

/// A part of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part(usize);

struct Node {
    role: Role,
    children: Vec<Part>,
    drawn: Vec<Identifier>,
}

/// All parts of a paper.
#[derive(Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    roots: Vec<Part>,
}

impl Tree {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a part at the end of its parent, or of the paper.
    pub(super) fn add(&mut self, parent: Option<Part>, role: Role) -> Part {
        let part = Part(self.nodes.len());
        self.nodes.push(Node { role, children: Vec::new(), drawn: Vec::new() });
        match parent.and_then(|parent| self.nodes.get_mut(parent.0)) {
            Some(parent) => parent.children.push(part),
            None => self.roots.push(part),
        }
        part
    }

    /// Says that something on a page is the text of this part.
    pub(super) fn drawn(&mut self, part: Part, identifier: Identifier) {
        if let Some(node) = self.nodes.get_mut(part.0) {
            node.drawn.push(identifier);
        }
    }

    /// The tree as the PDF has it.
    pub(super) fn finish(&self) -> TagTree {
        let mut tree = TagTree::new();
        for root in &self.roots {
            if let Some(group) = self.group(*root) {
                tree.push(group);
            }
        }
        tree
    }

    fn group(&self, part: Part) -> Option<TagGroup> {
        let node = self.nodes.get(part.0)?;
        let mut group = TagGroup::new(node.role.tag());
        for identifier in &node.drawn {
            group.push(*identifier);
        }
        for child in node.children.iter().filter_map(|child| self.group(*child)) {
            group.push(child);
        }
        (!group.children.is_empty()).then_some(group)
    }

    #[cfg(test)]
    pub(super) fn count(&self, role: &Role) -> usize {
        self.nodes.iter().filter(|node| node.role == *role).count()
    }
}
