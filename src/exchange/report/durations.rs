//! How long the parts of an import took.

/// Wall-clock time of the parts of an import, one after the other, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Durations {
    /// Starting the reading process, hashing the file, reading the wards of the register.
    pub opening_ms: u64,
    /// Reading features and making drafts of them.
    pub reading_ms: u64,
    /// Of the reading: making drafts, in this process; the rest is waiting for the other one.
    pub mapping_ms: u64,
    /// Assembling a drawing, and judging each draft by itself.
    pub judging_ms: u64,
    /// Judging drafts against their neighbours: overlaps, gaps, T-junctions.
    pub neighbours_ms: u64,
    /// Reading once more what is kept whole.
    pub keeping_ms: u64,
    /// Matching drafts with what the register holds.
    pub matching_ms: u64,
    /// Writing rows, with their display geometry and index.
    pub writing_ms: u64,
    /// Making the transaction last.
    pub committing_ms: u64,
}

impl Durations {
    /// All parts together.
    pub const fn total_ms(&self) -> u64 {
        self.opening_ms
            + self.reading_ms
            + self.judging_ms
            + self.neighbours_ms
            + self.keeping_ms
            + self.matching_ms
            + self.writing_ms
            + self.committing_ms
    }
}
