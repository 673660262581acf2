//! Wards whose names differ from what was typed by an error or two of typing; only ever offered.

use super::words::KeyWords;
use crate::cadastre::Day;
use crate::land::question::Suggestion;
use crate::land::snapshot::Land;
use crate::land::wards::{Unit, WardBook, WardWords};

/// As many as can be looked through.
const AT_MOST: usize = 8;
/// From so many letters on two errors are borne, and one below.
const LONG: usize = 8;
/// Words of a kind that are one word, and long enough to be misspelt.
const KIND_WORDS: [&str; 4] = ["phuong", "ward", "commune", "township"];
/// Names of fewer letters are near to too many.
const SHORT: usize = 4;

impl Land {
    /// What may have been meant by a ward that nobody knows, the nearest first.
    pub(super) fn near(&self, words: &KeyWords, date: Day) -> Vec<Suggestion> {
        let Some(ward) = &words.ward else {
            return Vec::new();
        };
        let mut near = self.wards.near(ward);
        near.sort_by_key(|(errors, unit)| {
            (
                *errors,
                !self.holds_parcels_of_unit(unit, date),
                !unit.valid.has(date),
            )
        });
        let units: Vec<&Unit> = near.into_iter().map(|(_, unit)| unit).collect();
        let mut choices = self.choices_in_order(&units, words, date);
        choices.truncate(AT_MOST);
        choices
    }
}

/// The number of errors between what was typed and a unit's name.
type Near<'u> = (usize, &'u Unit);

impl WardBook {
    /// Units with a name that is near to the words, each with the number of errors between them;
    /// in the district that is named, if any of them lies in it.
    fn near(&self, words: &WardWords) -> Vec<Near<'_>> {
        if let Some(near) = self.near_district(words) {
            return near;
        }
        if let Some(near) = self.without_misspelt_kind(words) {
            return near;
        }
        let whole = self.named_like(&words.name);
        if let Some(district) = &words.district {
            let inside = self.within(district, self.named_like(&words.name));
            return if inside.is_empty() { whole } else { inside };
        }
        // `ben thnah go vap`: a name with a known district after it.
        let spaces = words.name.match_indices(' ').map(|(at, _)| at);
        let mut splits = spaces.map(|at| (&words.name[..at], &words.name[at + 1..]));
        if let Some(near) = splits
            .clone()
            .find_map(|split| self.near_split(words, split))
        {
            return near;
        }
        let split = splits.find(|(_, district)| self.districts().is_district(district));
        let inside = split.map(|(name, district)| self.within(district, self.named_like(name)));
        inside.filter(|inside| !inside.is_empty()).unwrap_or(whole)
    }

    /// `an phu thu ducc`: a right name with a misspelt district after it.
    fn near_split(
        &self,
        words: &WardWords,
        (name, district): (&str, &str),
    ) -> Option<Vec<Near<'_>>> {
        self.near_district(&WardWords {
            name: name.to_owned(),
            district: Some(district.to_owned()),
            ..*words
        })
    }

    /// `ban co phuon`: a name with the word of its kind misspelt beside it.
    fn without_misspelt_kind(&self, words: &WardWords) -> Option<Vec<Near<'_>>> {
        let (first, after) = words.name.split_once(' ')?;
        let (before, last) = words.name.rsplit_once(' ')?;
        let mut rests = [(first, after), (last, before)].into_iter();
        rests.find_map(|(kind, rest)| {
            let misspelt = |of: &str| errors_between(kind, of).is_some();
            if !KIND_WORDS.iter().any(|of| misspelt(of)) {
                return None;
            }
            let named = WardWords {
                name: rest.to_owned(),
                ..words.clone()
            };
            let right: Vec<_> = self.find(&named).into_iter().map(|u| (1, u)).collect();
            let near = if right.is_empty() {
                self.named_like(rest)
            } else {
                right
            };
            (!near.is_empty()).then_some(near)
        })
    }

    fn within<'u>(&self, district: &str, mut near: Vec<Near<'u>>) -> Vec<Near<'u>> {
        near.retain(|(_, unit)| self.lies_in(unit, district));
        near
    }

    /// A right name beside a district that is misspelt: the wards of that name in a district
    /// whose name is near.
    pub(super) fn near_district(&self, words: &WardWords) -> Option<Vec<Near<'_>>> {
        let stated = words.district.as_deref()?;
        if self.districts().is_district(stated) {
            return None;
        }
        let near = |name: &&str| errors_between(stated, name).is_some();
        let meant = self.districts().names().filter(near);
        let in_district = |district: &str| {
            self.find(&WardWords {
                district: Some(district.to_owned()),
                ..words.clone()
            })
        };
        let units: Vec<_> = meant.flat_map(in_district).map(|unit| (1, unit)).collect();
        (!units.is_empty()).then_some(units)
    }

    fn named_like(&self, name: &str) -> Vec<Near<'_>> {
        let typed = with_digits(name);
        let is_one_word = !name.contains(' ');
        let units = self.units().iter().filter(|unit| !unit.bare.is_empty());
        // A name that is right is not mended here.
        let near = units.filter(|unit| unit.bare != name).filter_map(|unit| {
            let whole = errors_between(&typed, &unit.bare);
            // `benthnah`.
            let joined = || errors_between(&typed, &unit.bare.replace(' ', ""));
            let errors = whole.or_else(|| joined().filter(|_| is_one_word));
            Some((errors?, unit))
        });
        near.collect()
    }
}

/// Words in which a letter stands for the digit it looks like: `1o` for `10`.
fn with_digits(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        if !word.contains(|c: char| c.is_ascii_digit()) {
            return word.to_owned();
        }
        let digit = |c: char| match c {
            'o' => '0',
            'l' | 'i' => '1',
            other => other,
        };
        word.chars().map(digit).collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// How many errors of typing lie between a text and a name, if they are few enough for its
/// length. Another number is another name, and no error.
fn errors_between(typed: &str, name: &str) -> Option<usize> {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    if digits(typed) != digits(name) {
        return None;
    }
    if typed == name {
        return Some(0);
    }
    let allowed = match letters {
        ..SHORT => return None,
        SHORT..LONG => 1,
        _ => 2,
    };
    let errors = distance(typed.as_bytes(), name.as_bytes(), allowed)?;
    (errors <= allowed).then_some(errors)
}

/// Insertions, deletions, substitutions and transpositions of neighbours (Damerau, each letter
/// touched once) between two folded texts; nothing when their lengths alone differ by more.
fn distance(a: &[u8], b: &[u8], at_most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > at_most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + other);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_typing_is_counted_once_and_two_only_in_long_names() {
        for (typed, name, errors) in [
            ("ben thnah", "ben thanh", Some(1)),
            ("ben than", "ben thanh", Some(1)),
            ("bn thnah", "ben thanh", None),
            ("pham ngu loa", "pham ngu lao", Some(1)),
            ("pam ngu loa", "pham ngu lao", Some(2)),
            ("go vapp", "go vap", Some(1)),
            ("an", "an phu", None),
            ("5", "6", None),
            ("phu 15", "phu 16", None),
            ("10", "10", Some(0)),
        ] {
            assert_eq!(errors_between(typed, name), errors, "{typed}");
        }
        assert_eq!(with_digits("1o"), "10");
        assert_eq!(with_digits("lo"), "lo");
    }
}
