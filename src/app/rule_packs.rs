//! Rule packs: those that come with the program, and files of people who write packs.

use std::path::Path;

use super::Error;
use crate::rules::{Mistake, Pack, built_in_packs, read_pack};

/// The packs that come with the program and are law, not illustration.
///
/// # Errors
/// [`Error::Internal`] with the first mistake of a pack; a test reads them all.
pub fn packs_in_force() -> Result<Vec<Pack>, Error> {
    let mut packs = all_packs()?;
    packs.retain(|pack| !pack.illustration);
    Ok(packs)
}

/// Every pack that comes with the program, illustrations included.
///
/// # Errors
/// As [`packs_in_force`].
pub fn all_packs() -> Result<Vec<Pack>, Error> {
    built_in_packs().map_err(|mistakes| {
        let told = mistakes
            .iter()
            .map(|m| format!("{}:{}: {}", m.file, m.line, m.code));
        let told: Vec<String> = told.collect();
        Error::internal("cannot read the rule packs of the program", told.join("; "))
    })
}

/// Reads a pack file: the pack, or everything that is wrong with it.
///
/// # Errors
/// [`Error::Internal`] when the file cannot be read as text.
pub fn read_pack_file(path: &Path) -> Result<Result<Pack, Vec<Mistake>>, Error> {
    let file = path.display().to_string();
    let failed = |error| Error::internal(format!("`{file}` cannot be read"), error);
    let text = std::fs::read_to_string(path).map_err(failed)?;
    Ok(read_pack(&file, &text))
}
