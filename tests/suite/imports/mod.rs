//! Importing files into a register, as a land officer does it.

/// Files that lack much of their dataset.
mod cut_short;
/// Files whose parcels lie outside their wards.
mod astray;
/// Wards, which are exported only.
mod wards;
/// A file with a defect of every kind.
mod bad_file;
/// Certificates with their holders.
mod certificates;
/// Certificates that give a right twice.
mod certificates_twice;
/// Who their holders are, nowhere in the clear.
mod certificates_personal;
/// A real commune of the French cadastre, a stranger's data.
mod commune;
/// Files made for one defect each.
mod defects;
/// Drawings.
mod drawings;
/// Several files as one state of a dataset.
mod several;
/// Maps of MicroStation, one sheet a file.
mod sheets;
/// Vertices on the edges of neighbours.
mod junctions;
/// Parcels on parcels that stay in the register.
mod standing;
/// Supplements, and mended files of rejected features.
mod supplement;
/// Areas of two readings.
mod numbers;
/// Fields that were cut, or are not read.
mod fields;
/// An export imported elsewhere.
mod exported;
/// What a shell is told.
mod exit_codes;
/// Killed in the middle.
mod interrupted;
/// Planning layers.
mod plans;
/// Defects of planning features, and layers that cannot be found.
mod plan_defects;
/// Planning features exported and imported elsewhere.
mod plans_exported;
/// Profiles with a layer, and files of planning features.
mod plan_desk;
/// Newer files, the same file, dry runs.
mod states;
/// Layers that are withdrawn, and imported anew.
mod withdrawn;
/// A register with wards and files in a folder.
pub mod desk;
