//! The words that announce a number, a sheet, a ward or a district, in Vietnamese and English.

use crate::cadastre::WardKind;

/// What a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Number,
    Sheet,
    /// A number of either, by its place.
    AnyNumber,
    Ward(WardKind),
    District,
    Province,
    /// Says nothing of its own.
    Filler,
}

/// Announcing words, folded, the longer before the shorter that begin them.
pub(super) const MARKERS: [(&str, Marker); 56] = [
    ("so thu tu thua", Marker::Number),
    ("thua dat so", Marker::Number),
    ("so thua dat", Marker::Number),
    ("thua so", Marker::Number),
    ("thua dat", Marker::Number),
    ("so thua", Marker::Number),
    ("thua", Marker::Number),
    ("th", Marker::Number),
    ("lo dat so", Marker::Number),
    ("lo dat", Marker::Number),
    ("lo so", Marker::Number),
    ("lo", Marker::Number),
    ("parcel number", Marker::Number),
    ("parcel no", Marker::Number),
    ("parcel", Marker::Number),
    ("plot", Marker::Number),
    ("lot", Marker::Number),
    ("so to ban do", Marker::Sheet),
    ("to ban do so", Marker::Sheet),
    ("to ban do", Marker::Sheet),
    ("ban do so", Marker::Sheet),
    ("ban do", Marker::Sheet),
    ("to bd so", Marker::Sheet),
    ("to bd", Marker::Sheet),
    ("tbd so", Marker::Sheet),
    ("tbd", Marker::Sheet),
    ("to so", Marker::Sheet),
    ("so to", Marker::Sheet),
    ("to", Marker::Sheet),
    ("t", Marker::Sheet),
    ("map sheet", Marker::Sheet),
    ("sheet number", Marker::Sheet),
    ("sheet no", Marker::Sheet),
    ("sheet", Marker::Sheet),
    ("so", Marker::AnyNumber),
    ("phuong so", Marker::Ward(WardKind::Ward)),
    ("phuong", Marker::Ward(WardKind::Ward)),
    ("p", Marker::Ward(WardKind::Ward)),
    ("thi xa", Marker::District),
    ("xa", Marker::Ward(WardKind::Commune)),
    ("x", Marker::Ward(WardKind::Commune)),
    ("thi tran", Marker::Ward(WardKind::Township)),
    ("tt", Marker::Ward(WardKind::Township)),
    ("dac khu", Marker::Ward(WardKind::SpecialZone)),
    ("dk", Marker::Ward(WardKind::SpecialZone)),
    ("quan so", Marker::District),
    ("quan", Marker::District),
    ("q", Marker::District),
    ("huyen", Marker::District),
    ("h", Marker::District),
    ("tx", Marker::District),
    ("thanh pho", Marker::District),
    ("tp", Marker::District),
    ("tinh", Marker::Province),
    ("tai", Marker::Filler),
    ("thuoc", Marker::Filler),
];

/// English words that follow a name, or stand before a number.
pub(super) const TRAILERS: [(&str, Marker); 6] = [
    ("ward", Marker::Ward(WardKind::Ward)),
    ("commune", Marker::Ward(WardKind::Commune)),
    ("township", Marker::Ward(WardKind::Township)),
    ("district", Marker::District),
    ("city", Marker::District),
    ("province", Marker::Province),
];

/// The marker with which tokens begin, and how many tokens it is.
pub(super) fn marker_at(markers: &[(&str, Marker)], tokens: &[String]) -> Option<(Marker, usize)> {
    markers.iter().find_map(|(words, marker)| {
        let length = words.split(' ').count();
        let begins = tokens.len() >= length && words.split(' ').eq(&tokens[..length]);
        begins.then_some((*marker, length))
    })
}
