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
    /// A house, a street or a hamlet: what follows belongs to an address.
    Address,
    /// What was named is one of before.
    Former,
    /// What was named is one of today; it says nothing more.
    Today,
    /// What follows is today's name of what was named.
    Now,
    /// Says nothing of its own.
    Filler,
}

/// `đường` and its abbreviation, by their accents; without them a `duong` may be a name's.
pub(super) const STREET: &str = "đường";
/// `tổ`, a group of houses, by its accent; without it the word is `tờ`, a sheet.
pub(super) const GROUP: &str = "tổ";
/// `ngõ`, by its accent.
pub(super) const LANE: &str = "ngõ";
/// `cũ`, of before, by its accent or by where it stands.
pub(super) const FORMER: &str = "cũ";

/// Announcing words, folded, the longer before the shorter that begin them.
pub(super) const MARKERS: [(&str, Marker); 100] = [
    (STREET, Marker::Address),
    (GROUP, Marker::Address),
    (LANE, Marker::Address),
    ("duong", Marker::Address),
    ("hem", Marker::Address),
    ("ngo", Marker::Address),
    ("ngach", Marker::Address),
    ("kiet", Marker::Address),
    ("dai lo", Marker::Address),
    ("xa lo", Marker::Address),
    ("quoc lo", Marker::Address),
    ("tinh lo", Marker::Address),
    ("huong lo", Marker::Address),
    ("so nha", Marker::Address),
    ("nha so", Marker::Address),
    ("ap", Marker::Address),
    ("khu pho", Marker::Address),
    ("kp", Marker::Address),
    ("khu dan cu", Marker::Address),
    ("kdc", Marker::Address),
    ("khu do thi", Marker::Address),
    ("kdt", Marker::Address),
    ("chung cu", Marker::Address),
    ("toa nha", Marker::Address),
    ("to dan pho", Marker::Address),
    ("tdp", Marker::Address),
    (FORMER, Marker::Former),
    ("truoc day", Marker::Former),
    ("truoc sap nhap", Marker::Former),
    ("truoc khi sap nhap", Marker::Former),
    ("nay la", Marker::Now),
    ("nay thuoc", Marker::Now),
    ("hien nay la", Marker::Now),
    ("bay gio la", Marker::Now),
    ("hien nay", Marker::Today),
    ("moi", Marker::Today),
    ("dia chi thua dat", Marker::Filler),
    ("dia chi", Marker::Filler),
    ("o", Marker::Filler),
    ("tim", Marker::Filler),
    ("tra cuu", Marker::Filler),
    ("xem", Marker::Filler),
    ("cho hoi", Marker::Filler),
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
    ("f", Marker::Ward(WardKind::Ward)),
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
pub(super) const TRAILERS: [(&str, Marker); 11] = [
    ("ward", Marker::Ward(WardKind::Ward)),
    ("commune", Marker::Ward(WardKind::Commune)),
    ("township", Marker::Ward(WardKind::Township)),
    ("district", Marker::District),
    ("dist", Marker::District),
    ("city", Marker::District),
    ("province", Marker::Province),
    ("street", Marker::Address),
    ("road", Marker::Address),
    ("avenue", Marker::Address),
    ("alley", Marker::Address),
];

/// The marker with which tokens begin, and how many tokens it is.
pub(super) fn marker_at(markers: &[(&str, Marker)], tokens: &[String]) -> Option<(Marker, usize)> {
    let first = tokens.first()?;
    markers.iter().find_map(|(words, marker)| {
        // Most markers begin with another word, which is seen at once.
        let rest = words.strip_prefix(first.as_str())?;
        if !rest.is_empty() && !rest.starts_with(' ') {
            return None;
        }
        let length = words.split(' ').count();
        let begins = tokens.len() >= length && words.split(' ').eq(&tokens[..length]);
        begins.then_some((*marker, length))
    })
}
