//! The application: `App` and one file per use-case; the snapshot is published here after commit.
//!
//! May not live here: actix, status codes, geometry.

/// What a running server holds, and what its use-cases work on.
pub mod application;
/// Options of the application.
pub mod options;

pub use application::{App, Clock};
pub use options::AppOptions;
