//! The application: `App` and one file per use-case; the snapshot is published here after commit.
//!
//! May not live here: actix, status codes, geometry.

/// What a running server holds, and what its use-cases work on.
pub mod application;
/// What changed on the map.
pub mod changes;
/// Whether what it knows of rights is whole.
pub mod check_rights;
/// Whether a register is whole.
pub mod check_store;
/// The city as a whole.
pub mod city;
/// The demo city into an empty register.
pub mod demo;
/// Whole collections as files.
pub mod downloads;
/// The names of files for download, and which of them are of the newest state.
mod download_files;
/// Which download is made next.
mod download_queue;
/// The tiles of the map as one file.
pub mod download_tiles;
/// What may be built on a parcel.
pub mod envelope;
/// Why a use-case has no answer.
pub mod error;
/// A collection of the register as a file.
pub mod export_collection;
/// The field profile of an exported collection.
pub mod export_profile;
/// Rejected features as a file.
pub mod export_rejected;
/// What applies to a parcel.
pub mod extract;
/// Following the store.
pub mod follow;
/// The register into memory at the start.
pub mod load;
/// What the register holds that an import has to know.
mod held;
/// Importing certificates with their holders.
mod import_certificates;
/// Importing a file.
pub mod import_file;
/// The files of an import, opened.
pub mod import_files;
/// Importing parcels.
mod import_parcels;
/// Importing the features of planning layers.
mod import_plan;
/// Reading the files of an import.
mod import_reading;
/// Collections, page by page.
pub mod items;
/// The planning layers of a register, and the withdrawal of one.
pub mod layer;
/// How long the parts of an import take.
mod laps;
/// The planning layers an import is about.
mod plan_layers;
/// Look-ups and completions.
pub mod lookup;
/// Names of wards and land uses, and areas with their tolerance.
pub mod names;
/// Options of the application.
pub mod options;
/// Lands that somebody is paging through.
mod paged;
/// Tiles rendered ahead.
pub mod seed;
/// Outputs that would replace what is kept or read.
pub mod outputs;
/// One parcel, its history, its neighbours.
pub mod parcel;
/// Who holds what, and who a party is.
pub mod party;
/// Coordinate systems and tables of codes.
pub mod reference;
/// The register on disk, as use-cases open and write it.
pub mod register;
/// Rule packs: those of the program, and files of people who write packs.
pub mod rule_packs;
/// A proposal judged on its parcels.
pub mod check;
/// What can be wrong with rights.
mod rights_flaw;
/// The snapshot file.
pub mod snapshot_file;
/// The key that signs what the program answers for.
pub mod signing;
/// Tiles of the map.
pub mod tile;
/// One land on one day.
pub mod view;
/// The wards that come with the program.
pub mod wards;
/// What would change.
pub mod what_if;

pub use application::{App, Clock, State, StoreState};
pub use changes::{Listener, MapChanges};
pub use demo::{BuiltDemo, build_demo_city};
pub use error::{Error, Invalid, Missing, Unavailable};
pub use export_profile::export_profile;
pub use export_rejected::export_rejected;
pub use follow::{Follower, follow};
pub use import_file::{ImportOrder, Progress, Writing, import_file};
pub use import_files::{PreparedImport, prepare_import};
pub use options::AppOptions;
pub use parcel::History;
pub use reference::Reference;
pub use register::{TrialRegister, open_existing_register, open_register};
pub use view::View;
