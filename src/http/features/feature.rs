//! One feature as it is written: the same facts as in a look-up, without the shape in metres.

use super::links::Link;
use crate::app;
use crate::http::json::Json;
use crate::http::parcel_view::{Aside, Wording};
use crate::land::Entry;
use crate::land::items::Item;

/// Writes an item of a page.
///
/// # Errors
/// [`app::Error::Internal`] when the plane of its shape is none of the city's.
pub fn write(json: &mut Json, wording: &Wording<'_>, item: &Item) -> Result<(), app::Error> {
    let aside = Aside {
        without_metres: true,
        ..Aside::default()
    };
    match item {
        Item::Parcel(version) => wording.feature(json, &Entry::of(version), aside),
    }
}

/// Writes an item that is an answer of its own, with its links.
///
/// # Errors
/// As [`write`].
pub fn write_answer(
    json: &mut Json,
    wording: &Wording<'_>,
    item: &Item,
    links: &[Link],
) -> Result<(), app::Error> {
    let aside = Aside {
        is_answer: true,
        without_metres: true,
        links,
        ..Aside::default()
    };
    match item {
        Item::Parcel(version) => wording.feature(json, &Entry::of(version), aside),
    }
}
