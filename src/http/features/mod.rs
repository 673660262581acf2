//! OGC API Features: the building blocks, one file each.

/// What is asked of an answer in two forms.
mod asked;
/// `GET /collections` and below: what is offered.
pub mod collections;
/// `GET /conformance`: what is kept of which standard.
pub mod conformance;
/// The place where the next page begins, as text.
mod cursor;
/// The parameter `datetime`.
pub mod datetime;
/// The parameter `filter`.
mod filter;
/// `GET /collections/{collectionId}/downloads`: whole collections as files.
pub mod downloads;
/// JSON or HTML.
pub mod form;
/// One feature as it is written.
mod feature;
/// The same answers as pages for people.
pub mod html;
/// `GET /collections/{collectionId}/items` and one item.
pub mod items;
/// `GET /` for programs.
pub mod landing;
/// Links, and the address under which this server is known.
pub mod links;
/// The paths of collections in the description of the interface.
pub mod paths;
/// `GET /collections/{collectionId}/queryables`: what a filter can ask for.
pub mod queryables;
/// `GET /collections/{collectionId}/schema`: what features say.
pub mod schema;
/// What the features of each collection say.
mod members;
/// Coordinate systems by reference.
pub mod system;
/// What a page asks for.
mod page_query;
/// The bytes of a page, chunk by chunk.
mod page_body;
