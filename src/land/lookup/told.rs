//! How a question was understood: which wards its words may mean, and what came of each.

use super::key::Reading;
use super::suggest;
use super::words::KeyWords;
use crate::cadastre::Day;
use crate::land::question::{Found, NamedWard, NothingHere, ReadWard, WardOutcome};
use crate::land::snapshot::Land;
use crate::land::wards::Unit;

/// What was found by a key, and in which wards was looked.
pub(super) struct Understood {
    pub(super) found: Found,
    pub(super) wards: Vec<ReadWard>,
}

impl Understood {
    /// Nothing, and no ward that may be meant.
    pub(super) fn nothing(why: NothingHere) -> Self {
        Self {
            found: Err(why),
            wards: Vec::new(),
        }
    }
}

impl Land {
    /// Every ward that may be meant, each once, with what came of looking in it. A former ward
    /// that went into another one of the same name is no second meaning, unless it alone answers.
    pub(super) fn wards_read(
        &self,
        readings: &[Reading<'_>],
        words: &KeyWords,
        date: Day,
    ) -> Vec<ReadWard> {
        let known = !self.is_before_all_parcels(date);
        let second = |reading: &&Reading<'_>| {
            let mut others = readings.iter();
            !others.any(|other| {
                is_whole_of(other.unit, reading.unit, date) && (other.found || !reading.found)
            })
        };
        let single: Vec<&Reading<'_>> = readings.iter().filter(second).collect();
        let read = |reading: &&Reading<'_>| {
            let outcome = if reading.found {
                WardOutcome::Found
            } else if known && self.holds_parcels_of(reading) {
                WardOutcome::NotFound
            } else {
                WardOutcome::WithoutData
            };
            let words = (single.len() > 1).then_some(words);
            ward_read(reading.unit, outcome, words, date)
        };
        single.iter().map(read).collect()
    }

    /// Every ward that the words of an unfinished question may mean.
    pub(super) fn wards_not_asked(&self, words: &KeyWords, date: Day) -> Vec<ReadWard> {
        let Some(ward) = &words.ward else {
            return Vec::new();
        };
        let units = self.wards.find(ward);
        let second = |unit: &&Unit| {
            let mut others = units.iter();
            !others.any(|other| is_whole_of(other, unit, date))
        };
        let single: Vec<&Unit> = units.iter().copied().filter(second).collect();
        let words = (single.len() > 1).then_some(words);
        let read = |unit: &&Unit| ward_read(unit, WardOutcome::NotAsked, words, date);
        single.iter().map(read).collect()
    }
}

fn ward_read(unit: &Unit, outcome: WardOutcome, words: Option<&KeyWords>, date: Day) -> ReadWard {
    ReadWard {
        ward: named(unit, date),
        outcome,
        q: words.map(|words| {
            let (number, sheet) = (words.number.as_deref(), words.sheet.as_deref());
            suggest::question(number, sheet, &suggest::label(unit))
        }),
    }
}

/// A unit as it is told apart from others of its name.
fn named(unit: &Unit, date: Day) -> NamedWard {
    let over = !unit.became.is_empty();
    NamedWard {
        code: unit.code,
        name: unit.full_name.clone(),
        district: unit.districts.first().filter(|_| over).cloned(),
        is_former: over && !unit.valid.has(date),
    }
}

/// Whether one unit stands for another on a day: the one that is in force then, for the one that
/// went into it, at least in part, or came out of it.
fn is_whole_of(whole: &Unit, part: &Unit, date: Day) -> bool {
    let becomes = |before: &Unit, after: &Unit| {
        let into = after.code.is_some_and(|code| before.became.contains(&code));
        into && before.valid.to == Some(after.valid.from)
    };
    whole.valid.has(date) && !part.valid.has(date) && (becomes(whole, part) || becomes(part, whole))
}
