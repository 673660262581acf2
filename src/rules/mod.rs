//! Rule packs: what the law limits, as data, and the limits that follow for a site on a day.
//!
//! May not live here: loading anything; cases and officers; the clock; measuring shapes.
//! Reading order: `parameter` and `facts` (what is known of a site), `condition` and `table` (what a
//! rule says), `kinds` (of what it says it), `pack` (where it stands), `limits` (what follows).

/// Limits with their sense, and the comparison of a found value with one.
pub mod bound;
/// The packs that come with the program.
pub mod built_in;
/// The nearest change by which a failed verdict passes.
pub mod change;
/// A proposal judged by every limit.
pub mod check;
/// When a rule applies, in three values.
pub mod condition;
/// How sure a source is.
pub mod confidence;
/// Questions with their answers, for any calculator.
pub mod conformance;
/// What may be built on a site.
pub mod envelope;
/// What is known of a site and a building, and from whom.
pub mod facts;
/// The kinds of rules, one file each.
pub mod kinds;
/// The level of precedence of a pack.
pub mod level;
/// What all packs together limit at a site on a day.
pub mod limits;
/// What is wrong with a pack.
pub mod mistake;
/// Packs, sources, rules.
pub mod pack;
/// The closed catalogue of what a rule may ask for.
pub mod parameter;
/// The JSON schema of a pack file, for editors.
pub mod schema;
/// The proof of a check, and judging it again.
pub mod proof;
/// The ground of a proposal, as rules see it.
pub mod site;
/// Tables of law: bands, interpolation, proportions.
pub mod table;
/// Units of quantities.
pub mod unit;
/// What of a parcel's answer changes when something is supposed.
pub mod what_if;

/// An interval of numbers with the inclusivity of each end.
mod between;
/// The text of a pack as a tree with places.
mod node;
/// Which of several rules binds.
mod precedence;
/// Where no pack speaks.
mod silence;
/// From the text of a pack to its rules, with every mistake.
mod read;
/// Tables as lines of text.
mod table_lines;
/// Where rules begin to say something else.
mod thresholds;
/// Every condition and every table of a pack.
mod walk;

pub use between::{Between, Edge};
pub use bound::{Bound, Inclusivity, NumberBound, Outcome, Sense, compare};
pub use built_in::{built_in_pack_texts, built_in_packs};
pub use condition::{AreaName, Condition, Lack, Truth};
pub use confidence::{Confidence, Doubt};
pub use facts::{Fact, Facts, InvalidFact, Knowledge, Origin};
pub use kinds::{Kind, PermitPath, Quantity};
pub use level::Level;
pub use limits::{Considered, Limit, Role, limits};
pub use mistake::Mistake;
pub use pack::{Applying, BothTexts, DayEdge, FactReading, Pack, Rule, Source, Validity, Why};
pub use parameter::{Parameter, Sort};
pub use read::{read_pack, replace_rule};
pub use rust_decimal::Decimal;
pub use schema::schema;
pub use table::{Cell, Table};
pub use unit::Unit;

#[cfg(test)]
mod tests;
