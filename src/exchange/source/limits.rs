//! How much a file from outside may cost before it is refused.

use std::time::Duration;

/// Limits on the child process that opens a file, and on the file itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Largest file, its companions included, in bytes. Default: 64 GiB.
    pub file_bytes: u64,
    /// Address space of the child, in bytes. Default: 2 GiB.
    pub memory_bytes: u64,
    /// Processor time of the child, in seconds. Default: 30 minutes.
    pub cpu_s: u64,
    /// How long the parent waits for the child in all, in seconds. Default: 30 minutes.
    pub wait_s: u64,
    /// Files the child may hold open. Default: 32.
    pub open_files: u64,
    /// Largest single message from the child, in bytes; one feature must fit. Default: 64 MiB.
    pub frame_bytes: u32,
    /// Most features of one layer. Default: 20 million.
    pub features: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 30,
            memory_bytes: 2 << 30,
            cpu_s: 1800,
            wait_s: 1800,
            open_files: 32,
            frame_bytes: 64 << 20,
            features: 20_000_000,
        }
    }
}

impl Limits {
    /// The longest the parent waits for the child, all waits added up.
    pub const fn wait(&self) -> Duration {
        Duration::from_secs(self.wait_s)
    }
}
