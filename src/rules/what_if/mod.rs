//! What of a parcel's answer changes when something is supposed.
//!
//! A parcel's answer without a proposal is its list of concerned restrictions and its limits: per
//! quantity what binds, and by which rules. Reading order: `answer` (of one world), `changed` (two
//! worlds side by side), `columns` (what rules ask of every parcel, gathered once), `form` (the same as bytes), `scan` (a changed
//! rule on them), with `asked` and `kind` (parcels of which it asks the same).

mod answer;
mod asked;
mod changed;
mod columns;
mod form;
mod kind;
mod scan;

pub use answer::{Answer, World};
pub use changed::{Change, Changed, LimitSays, RuleSays, Taken, TakenSize, ThemeSays};
pub use columns::SiteColumns;
pub use scan::{Found, Scan};
