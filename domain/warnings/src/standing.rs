//! How far the tables can be relied on, so that a page can say it.

/// How many rows the tables have, and how many still wait for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The rows of all tables.
    pub rows: usize,
    /// Those that no clinician has compared with a source.
    pub unreviewed: usize,
    /// Those of which no source was noted.
    pub unsourced: usize,
    /// The day of the newest row, as "2026-11-30".
    pub edition: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/standing.rs"));
