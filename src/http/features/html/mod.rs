//! The same answers as pages for people, drawn by the server: no script, no other origin.

/// Files for download.
pub mod download_sheets;
/// Small maps.
pub mod drawing;
/// What a feature says, for reading.
pub mod facts;
/// Features: pages of them, and one of them.
pub mod item_sheets;
/// The interface itself: standards and operations.
pub mod interface_sheets;
/// What is offered: collections and schemas.
pub mod offer_sheets;
/// Problems.
pub mod problem_sheet;
/// The frame of every page, and its style.
pub mod sheet;
/// Sets of tiles.
pub mod tile_sheets;

pub use sheet::Sheet;
