//! What a question leaves open: which district was meant, or which part of a key is missing.

use super::words::KeyWords;
use crate::cadastre::Day;
use crate::land::question::{NothingHere, Suggestion};
use crate::land::snapshot::Land;
use crate::land::wards::{OfBefore, Unit, WardBook, WardWords};

impl Land {
    /// A reason for nothing, told more closely where the words of the question allow it: a ward
    /// that lies in another district than the one named, a name that several wards had, a sheet
    /// or a number that is missing. Every other reason stays as it is.
    pub(super) fn in_doubt(&self, why: NothingHere, words: &KeyWords, date: Day) -> NothingHere {
        let ward = words.ward.as_ref();
        match why {
            NothingHere::UnknownWard { .. } => {
                let units = ward.map(|ward| self.wards.find_elsewhere(ward));
                let wards = self.choices(&units.unwrap_or_default(), words, date);
                let misspelt = |ward: &WardWords| self.wards.near_district(ward).is_some();
                if !wards.is_empty() && !ward.is_some_and(misspelt) {
                    return NothingHere::WardElsewhere { wards };
                }
                let near = self.near(words, date);
                let numbered = words.number.is_some() && !words.is_announced;
                if near.is_empty() && words.is_ward_loose && numbered {
                    // `45/7 Nguyễn Thiện Thuật`.
                    return NothingHere::Address { keys: Vec::new() };
                }
                NothingHere::UnknownWard { near }
            }
            NothingHere::NotFormer { .. } => {
                let units = ward.map(|ward| self.wards.never_of_before(ward));
                let wards = self.choices_in_order(&units.unwrap_or_default(), words, date);
                NothingHere::NotFormer { wards }
            }
            NothingHere::Address { .. } => {
                let units = ward.map(|ward| self.wards.find(ward)).unwrap_or_default();
                let whole = words.number.is_some() && words.sheet.is_some();
                let units = if whole { units } else { Vec::new() };
                let keys = self.choices(&units, words, date);
                NothingHere::Address { keys }
            }
            NothingHere::KeyIncomplete => {
                let units = ward.map(|ward| self.wards.find(ward)).unwrap_or_default();
                let of_the_day = units.iter().filter(|unit| unit.valid.has(date)).count();
                let wards = self.choices(&units, words, date);
                if of_the_day != 1 && wards.len() > 1 {
                    return NothingHere::DistrictMissing { wards };
                }
                match (ward, &words.sheet, &words.number) {
                    (None, Some(_), Some(_)) => NothingHere::WardMissing,
                    (_, None, Some(_)) => NothingHere::SheetMissing,
                    (_, Some(_), None) => NothingHere::NumberMissing,
                    _ => why,
                }
            }
            other => other,
        }
    }

    /// Wards to choose from, those of the day first, each once.
    pub(super) fn choices(&self, units: &[&Unit], words: &KeyWords, date: Day) -> Vec<Suggestion> {
        let mut units = units.to_vec();
        units.sort_by_key(|unit| !unit.valid.has(date));
        self.choices_in_order(&units, words, date)
    }

    /// Wards to choose from, each once.
    pub(super) fn choices_in_order(
        &self,
        units: &[&Unit],
        words: &KeyWords,
        date: Day,
    ) -> Vec<Suggestion> {
        let mut choices: Vec<Suggestion> = Vec::with_capacity(units.len());
        for unit in units {
            let choice = self.ward_suggestion(unit, words, date);
            if choices.iter().all(|known| known.label != choice.label) {
                choices.push(choice);
            }
        }
        choices
    }
}

impl WardBook {
    /// What may be meant by a ward that is said to be of before, where none of that kind had the
    /// name: wards of before of another kind, then those of today.
    pub(in crate::land) fn never_of_before(&self, words: &WardWords) -> Vec<&Unit> {
        if words.of_before != OfBefore::Ward {
            return Vec::new();
        }
        let of_any_kind = WardWords {
            kind: None,
            ..words.clone()
        };
        let unsaid = WardWords {
            of_before: OfBefore::Unsaid,
            ..words.clone()
        };
        let mut meant = self.find(&of_any_kind);
        let today = self.find(&unsaid).into_iter();
        let today: Vec<&Unit> = today.filter(|unit| !meant.contains(unit)).collect();
        meant.extend(today);
        meant
    }

    /// The units of a name that is right where the district named with it is not theirs.
    fn find_elsewhere(&self, words: &WardWords) -> Vec<&Unit> {
        if words.name.is_empty() {
            return Vec::new();
        }
        if words.district.is_some() {
            return self.find(&WardWords {
                district: None,
                ..words.clone()
            });
        }
        // `ben thanh go vap`: a name with a known district after it.
        let spaces = words.name.match_indices(' ').map(|(at, _)| at);
        let mut splits = spaces.map(|at| (&words.name[..at], &words.name[at + 1..]));
        let known = splits.find(|(_, district)| self.districts().is_district(district));
        known.map_or_else(Vec::new, |(name, _)| {
            self.find(&WardWords {
                name: name.to_owned(),
                district: None,
                ..*words
            })
        })
    }
}
