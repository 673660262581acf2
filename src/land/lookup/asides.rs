//! Words beside a key: addresses of houses, other names of a ward, what is not used.

use super::markers::{FORMER, MARKERS, Marker, TRAILERS, marker_at};
use super::tokens::{Tokens, is_number};
use super::words::{Reader, announces_here};

/// Names of the city and the country, which tell nothing within it.
const EVERYWHERE: [&str; 8] = [
    "hcm",
    "hcmc",
    "tphcm",
    "ho chi minh",
    "tp ho chi minh",
    "viet nam",
    "vietnam",
    "vn",
];

/// A name without the city and the country at its end.
pub(super) fn without_everywhere(mut name: String) -> String {
    let ends = |name: &str| {
        let mut rests = EVERYWHERE.iter().filter_map(|e| name.strip_suffix(e));
        rests
            .find(|rest| rest.is_empty() || rest.ends_with(' '))
            .map(|rest| rest.trim_end().len())
    };
    while let Some(length) = ends(&name).filter(|_| !name.is_empty()) {
        name.truncate(length);
    }
    name
}

/// The marker at a place among the tokens of a piece, and how many tokens it is. What stands
/// beside it tells a `cu` that is `cũ` from one in a name, and a street from `Bình Dương`.
pub(super) fn marker_in(tokens: &[String], at: usize) -> Option<(Marker, usize)> {
    let rest = &tokens[at..];
    let before = at.checked_sub(1).map(|before| tokens[before].as_str());
    match tokens[at].as_str() {
        "duong" if before == Some("binh") => None,
        "cu" if before.is_some() && (rest.len() == 1 || is_part_announced(&rest[1..])) => {
            Some((Marker::Former, 1))
        }
        _ => marker_at(&MARKERS, rest),
    }
}

/// Whether tokens begin with a word or number that goes on with a key.
fn is_part_announced(rest: &[String]) -> bool {
    let announced = marker_at(&MARKERS, rest);
    is_number(&rest[0])
        || rest[0] == FORMER
        || marker_at(&TRAILERS, rest).is_some()
        || announced.is_some_and(|(marker, length)| announces_here(marker, &rest[length..]))
}

impl Reader {
    /// `Ward 4, D3`: beside a ward that is named in English, or by its number, as wards are that
    /// need their district, a number behind a D is that of one.
    pub(super) fn take_district_number(&mut self) {
        let is_numbered = |(name, _): &(String, _)| is_number(name);
        let needs = self.is_english || self.ward.as_ref().is_some_and(is_numbered);
        if !needs || self.ward.is_none() || self.district.is_some() {
            return;
        }
        let named = self
            .numbers
            .iter()
            .position(|n| district_number(n).is_some());
        let number = named.map(|at| self.numbers.remove(at));
        self.district = number
            .as_deref()
            .and_then(district_number)
            .map(str::to_owned);
    }

    /// Numbers that no word announced, parted at their slashes.
    pub(super) fn numbers_apart(&self) -> Vec<String> {
        let parts = self.numbers.iter().flat_map(|number| number.split('/'));
        parts.filter(|n| !n.is_empty()).map(str::to_owned).collect()
    }

    /// A number beyond those of a key; one that only says them again says nothing.
    pub(super) fn leave_over(&mut self, written: &str) {
        let known = [&self.key.number, &self.key.sheet].map(Option::as_deref);
        let mut parts = written.split('/').filter(|part| !part.is_empty());
        if parts.any(|part| !known.contains(&Some(part))) {
            self.key.more_numbers.push(written.to_owned());
        }
    }

    /// Sets aside what an address names, with the number of a house before it; answers how many
    /// tokens after the marker that was, or nothing when the marker ends the piece.
    pub(super) fn take_address(
        &mut self,
        tokens: &Tokens<'_>,
        at: usize,
        rest: usize,
    ) -> Option<usize> {
        let taken = length_of_address(&tokens.folded[rest..])?;
        let mut told = self.numbers_of_house();
        told.push(tokens.written(at..rest + taken));
        self.key.set_aside.push(told.join(" "));
        self.key.is_address = true;
        Some(taken)
    }

    /// `12 Le Loi Street`: sets aside what stands before the word.
    pub(super) fn take_street_before(&mut self) {
        let mut told = self.numbers_of_house();
        told.append(&mut self.name_written);
        self.name.clear();
        self.key.set_aside.push(told.join(" "));
        self.key.is_address = true;
    }

    /// Numbers of the piece that no word announced.
    fn numbers_of_house(&mut self) -> Vec<String> {
        // `Ward 5` may have taken one of before the piece.
        let before = self.numbers_before.min(self.numbers.len());
        self.numbers.drain(before..).collect()
    }

    /// `(nay là phường Nhiêu Lộc)`: another name of a ward that is named already is set aside, to
    /// the end of the piece.
    pub(super) fn take_other_name(&mut self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        if !self.has_ward() {
            return Some(0);
        }
        let end = tokens.folded.len();
        self.key.set_aside.push(tokens.written(at..end));
        Some(end)
    }

    /// Numbers that no word announced are those of the house where an address is named; the key is
    /// then only what words announce.
    pub(super) fn numbers_of_address(&mut self) {
        if !self.numbers.is_empty() {
            let numbers = std::mem::take(&mut self.numbers).join(" ");
            self.key.set_aside.insert(0, numbers);
        }
        self.key.is_address = !self.key.is_announced;
    }
}

/// The number of a district behind a D: there were twelve.
pub(super) fn district_number(token: &str) -> Option<&str> {
    let number = token.strip_prefix('d')?;
    let plain = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    let known = plain && number.parse().is_ok_and(|n: u8| (1..=12).contains(&n));
    known.then_some(number)
}

/// How many tokens an address goes on after its marker: to the next part of a key.
fn length_of_address(rest: &[String]) -> Option<usize> {
    let goes_on_key = |i: &usize| {
        let marker = marker_in(rest, *i);
        let marker = marker.filter(|(m, length)| announces_here(*m, &rest[i + length..]));
        let of_key = !matches!(
            marker,
            None | Some((Marker::AnyNumber | Marker::Address | Marker::Filler, _))
        );
        of_key || marker_at(&TRAILERS, &rest[*i..]).is_some()
    };
    let end = (1..rest.len()).find(goes_on_key).unwrap_or(rest.len());
    (!rest.is_empty()).then_some(end)
}
