//! How long the parts of an import take, one after the other.

use std::time::{Duration, Instant};

use crate::exchange::report::Durations;

/// Takes the time of one part of an import after the other.
pub(super) struct Laps {
    pub durations: Durations,
    since: Instant,
}

impl Laps {
    /// The first part begins.
    pub fn start() -> Self {
        Self {
            durations: Durations::default(),
            since: Instant::now(),
        }
    }

    /// Milliseconds since the last part ended.
    pub fn lap(&mut self) -> u64 {
        let now = Instant::now();
        millis(now - std::mem::replace(&mut self.since, now))
    }
}

/// Whole milliseconds.
pub(super) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
