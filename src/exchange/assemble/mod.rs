//! Assembly: parcels made from the lines and texts of a drawing (DGN, DXF).
//!
//! Read `parcels` first. Nothing is snapped, moved or prolonged.

/// Closed figures become drafts by the texts inside them.
mod parcels;
/// Boundary lines become closed figures.
mod figures;
/// What the texts inside a figure say.
mod label;
/// Lines, texts, levels and the title block.
mod drawing;

pub use drawing::{Drawing, DrawnLine, DrawnText, Levels, TextRole, TitleBlock};
pub use label::Label;
pub use parcels::{Assembled, Unplaced, Unreadable, assemble};

#[cfg(test)]
mod tests;
