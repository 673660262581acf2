//! The site of a proposal: the lot that conforms to the plan, its roads, its edges.
//!
//! Lengths and areas are exact on the 1 mm grid of the parcels' plane. Reading order: `road`,
//! `edges`, `lot`, `facts` (what rules may ask for), `gather` (from the register).

mod edges;
mod facts;
mod gather;
mod layer;
mod length;
mod lot;
mod open;
mod road;

pub use edges::{Edge, Facing};
pub use gather::{Known, Site, SiteError, SiteParcel};
pub use layer::SiteLayer;
pub use length::Length;
pub use lot::{Front, Lot, Position, square_metres};
pub use open::Open;
pub use road::Road;
