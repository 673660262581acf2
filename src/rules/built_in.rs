//! The packs that come with the program, from `data/rules`.

use super::mistake::Mistake;
use super::pack::Pack;
use super::read_pack;

macro_rules! packs {
    ($($name:literal),* $(,)?) => {
        /// File name and text of every pack that comes with the program.
        pub const fn built_in_pack_texts() -> &'static [(&'static str, &'static str)] {
            &[$((
                concat!("data/rules/", $name, ".toml"),
                include_str!(concat!("../../data/rules/", $name, ".toml")),
            )),*]
        }
    };
}

packs![
    "detailed-plan",
    "hcmc-56-2021-app12",
    "hcmc-56-2021-app14",
    "hcmc-56-2021-app17",
    "hcmc-56-2021-app18",
    "hcmc-135-2007",
    "fr-25354-illustration",
    "zoning-plan",
    "qcvn-01-2021",
    "vn-permits",
    "hcmc-29-2025",
    "hcmc-100-2024",
    "vn-corridors",
    "hcmc-waterways",
];

/// The packs that come with the program, read anew.
///
/// # Errors
/// Every [`Mistake`] of all files; a test reads them, so a released program has none.
pub fn built_in_packs() -> Result<Vec<Pack>, Vec<Mistake>> {
    let (mut packs, mut mistakes) = (Vec::new(), Vec::new());
    for (file, text) in built_in_pack_texts() {
        match read_pack(file, text) {
            Ok(pack) => packs.push(pack),
            Err(found) => mistakes.extend(found),
        }
    }
    if mistakes.is_empty() {
        Ok(packs)
    } else {
        Err(mistakes)
    }
}
