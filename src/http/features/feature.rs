//! One feature as it is written; a parcel says what it says in a look-up, without metres.

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
    write_with(json, wording, item, aside)
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
    write_with(json, wording, item, aside)
}

fn write_with(
    json: &mut Json,
    wording: &Wording<'_>,
    item: &Item,
    aside: Aside<'_>,
) -> Result<(), app::Error> {
    match item {
        Item::Parcel(version) => wording.feature(json, &Entry::of(version), aside),
        Item::Ward(ward) => wording.ward(json, ward, aside),
        Item::Planned(feature) => wording.planned(json, feature, aside),
    }
}
