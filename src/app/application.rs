//! The application: what a running server holds, and what its use-cases work on.

use std::sync::Arc;

use super::AppOptions;
use crate::cadastre::{Day, Instant};

/// The clock, handed in from outside so that a test can turn the day.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// What a running server holds.
pub struct App {
    options: AppOptions,
    clock: Clock,
}

impl App {
    /// An application that has loaded nothing yet.
    pub fn new(options: AppOptions, clock: Clock) -> Self {
        Self { options, clock }
    }

    /// Its options.
    pub fn options(&self) -> &AppOptions {
        &self.options
    }

    /// Today in Vietnam (UTC+7).
    pub fn today(&self) -> Day {
        (self.clock)().day_in_vietnam()
    }
}
