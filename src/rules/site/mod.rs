//! The site of a proposal: the lot that conforms to the plan, its streets, its edges.
//!
//! Lengths and areas are exact on the 1 mm grid of the parcels' plane. What red lines leave of each
//! parcel, and on which streets it fronts, is what its extract says. Reading order: `gather` (from
//! the register), `corridor`, `facts` and `themes` (what rules may ask for), `open` (what no rule judges).

mod corridor;
mod facts;
mod functions;
mod gather;
mod layer;
mod measure;
mod open;
mod themes;

pub use crate::land::frontage::{Edge, Facing, Front, Frontage, Length, Position, Road};
pub use corridor::SiteCorridor;
pub use functions::version_of_words;
pub use gather::{Known, Site, SiteError, SiteParcel};
pub use layer::SiteLayer;
pub use measure::{metres, square_metres, told_square_metres};
pub use open::Open;
pub use themes::OnLot;
