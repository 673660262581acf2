//! From the text of a pack to its rules: everything that is wrong is told, not only the first.

/// Conditions and intervals.
mod condition;
/// Mistakes and typed values with their places.
mod desk;
/// The keys of each table of a pack file.
pub mod keys;
/// Tables with knots.
mod knots;
/// Numbers that rules limit.
mod number;
/// The heading, the scope, the sources.
mod pack;
/// A pack with one rule in other words.
mod replaced;
/// Rules.
mod rule;
/// Tables.
mod table;

pub use replaced::replace_rule;
pub use rule::keys_of;

use super::mistake::Mistake;
use super::pack::Pack;
use desk::Desk;

/// Reads the text of a pack file; `file` stands in mistakes.
///
/// # Errors
/// Every [`Mistake`], in the order of the file.
pub fn read_pack(file: &str, text: &str) -> Result<Pack, Vec<Mistake>> {
    let mut desk = Desk::new(file, text);
    let Some(table) = desk.table() else {
        return Err(desk.mistakes());
    };
    let pack = pack::read(&mut desk, &table);
    match pack {
        Some(pack) if desk.is_clean() => Ok(Pack {
            toml: text.to_owned(),
            ..pack
        }),
        _ => Err(desk.mistakes()),
    }
}
