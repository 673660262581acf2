//! Routes by capability, extractors, views, the problem table; the only user of actix.
//!
//! May not live here: SQL, rules.

/// Whether the server lives, and whether it can answer.
pub mod health;
/// Options of the HTTP server.
pub mod options;
/// Start, address and end of a server.
pub mod server;

pub use options::HttpOptions;
pub use server::{Running, StartError, start, wait_for_signal};

use actix_web::web;

/// The one route table.
pub(crate) fn routes(table: &mut web::ServiceConfig) {
    table.route("/health/live", web::get().to(health::get_live));
}
