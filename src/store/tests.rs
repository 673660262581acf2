//! How SQLite goes about what is asked of it, for tests: by indexes, or through whole tables.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::connection::{Access, AnyConnection, Opener, Target};
use super::migrate;
use diesel::connection::{Connection as _, InstrumentationEvent};
use diesel::prelude::*;

/// A line of `EXPLAIN QUERY PLAN`.
#[derive(Debug, QueryableByName)]
struct Step {
    #[diesel(sql_type = diesel::sql_types::Text)]
    detail: String,
}

/// How many queries something asks of an empty register, and the walks through whole tables among
/// their plans.
pub(super) fn walks(ask: impl FnOnce(&mut AnyConnection)) -> (usize, Vec<String>) {
    let opener = Opener {
        target: Target::Sqlite(":memory:".into()),
        busy_timeout: Duration::ZERO,
        access: Access::Shared,
    };
    let mut connection = opener.open().expect("memory is there");
    migrate::up(&mut connection).expect("the migrations fit");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let noting = Arc::clone(&asked);
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            noting.lock().expect("one thread").push(query.to_string());
        }
    });
    ask(&mut connection);
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    let asked = std::mem::take(&mut *asked.lock().expect("one thread"));
    let AnyConnection::Sqlite(sqlite) = &mut connection else {
        unreachable!("it was opened as SQLite");
    };
    let mut walks = Vec::new();
    for query in &asked {
        let sql = query.split(" -- binds").next().unwrap_or_default();
        let plan = format!("EXPLAIN QUERY PLAN {}", sql.replace('?', "1"));
        let plan: Vec<Step> = diesel::sql_query(plan).load(sqlite).expect("a plan");
        // One row stands in the head, and of revisions the newest is asked for.
        let is_small = |step: &str| step.contains("revisions") || step.contains("register_head");
        let through = plan.iter().map(|step| &step.detail);
        let through = through.filter(|s| s.starts_with("SCAN") && !is_small(s));
        walks.extend(through.map(|step| format!("{step} in {sql}")));
    }
    (asked.len(), walks)
}
