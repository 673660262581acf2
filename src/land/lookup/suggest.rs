//! Completions while a text is typed: wards with what former ones became, sheets, numbers.

use super::coordinate;
use super::words::KeyWords;
use crate::cadastre::{Day, WardCode};
use crate::land::question::{Suggestion, SuggestionKind};
use crate::land::series::Series;
use crate::land::snapshot::Land;
use crate::land::wards::{Unit, WardWords, full_name};
use std::collections::BTreeSet;

/// As many as fit under a search box.
const AT_MOST: usize = 10;

impl Land {
    /// What a text that is being typed may become, best first, at most ten.
    ///
    /// Without a ward there is nothing to complete; a ward that is typed in part is completed by
    /// name, one that is known by its sheets, and a known sheet by its numbers.
    pub fn suggest(&self, text: &str, date: Day) -> Vec<Suggestion> {
        if coordinate::read(text, &self.city.planes).is_some() {
            return Vec::new();
        }
        let words = KeyWords::read(text);
        let Some(ward) = &words.ward else {
            return Vec::new();
        };
        let exact = self.wards.find(ward);
        // A ward of the day goes before one of another time with the same name.
        let of_the_day: Vec<&Unit> = exact
            .iter()
            .copied()
            .filter(|u| u.valid.has(date))
            .collect();
        let only = match (exact.as_slice(), of_the_day.as_slice()) {
            ([unit], _) | (_, [unit]) => Some(*unit),
            _ => None,
        };
        let mut suggestions = match (only, &words.sheet) {
            (Some(unit), None) => self.sheets(unit, &words, date),
            (Some(unit), Some(sheet)) => self.numbers(unit, sheet, &words, date),
            (None, _) => Vec::new(),
        };
        let mut units = exact.clone();
        let prefixed = self.wards.units().iter();
        let prefixed = prefixed.filter(|u| self.completes(u, ward));
        let mut prefixed: Vec<&Unit> = prefixed.filter(|u| !exact.contains(u)).collect();
        // Wards of which parcels can be found come first.
        units.sort_by_cached_key(|u| !self.holds_parcels_of_unit(u, date));
        prefixed.sort_by_cached_key(|u| {
            let begins = u.bare.starts_with(&ward.name);
            (
                !self.holds_parcels_of_unit(u, date),
                !begins,
                !u.valid.has(date),
            )
        });
        units.extend(prefixed);
        let complete = words.sheet.is_some() && words.number.is_some();
        if !(complete && only.is_some()) {
            let wards = units.iter().map(|u| self.ward_suggestion(u, &words, date));
            suggestions.extend(wards);
        }
        if suggestions.is_empty() && units.is_empty() {
            suggestions = self.near(&words, date);
        }
        suggestions.truncate(AT_MOST);
        suggestions
    }

    pub(super) fn ward_suggestion(&self, unit: &Unit, words: &KeyWords, date: Day) -> Suggestion {
        let label = label(unit);
        let became = unit.became.iter();
        let became = became.filter_map(|&code| {
            let wards = self.wards.wards().iter();
            let named = wards.filter(|w| w.code == code && unit.valid.to == Some(w.valid.from));
            named.map(full_name).next()
        });
        Suggestion {
            kind: if unit.valid.has(date) {
                SuggestionKind::Ward
            } else {
                SuggestionKind::FormerWard
            },
            q: question(words.number.as_deref(), words.sheet.as_deref(), &label),
            label,
            became: became.collect(),
        }
    }

    fn sheets(&self, unit: &Unit, words: &KeyWords, date: Day) -> Vec<Suggestion> {
        let communes = self.communes_of_unit(unit, date);
        // A series may be known from certificates alone; its numbers are not on the map.
        let mapped = |s: &&Series| {
            let found = self.base.columns.series_pool.find(s.commune, &s.sheet);
            found.is_some_and(|series| !self.base.by_map.group(series).is_empty())
        };
        let of_unit = |s: &&Series| communes.contains(&s.commune) && mapped(s);
        let base = self.base.columns.series_pool.values().iter();
        let mut sheets: Vec<&str> = base.filter(of_unit).map(|s| s.sheet.as_str()).collect();
        let added = self.overlay.rows.iter().flatten().map(|v| &v.parcel.as_map);
        let added = added.filter(|key| communes.contains(&key.commune));
        sheets.extend(added.map(|key| key.sheet.as_str()));
        // As people count: 2 before 10.
        sheets.sort_unstable_by_key(|sheet| (sheet.len(), *sheet));
        sheets.dedup();
        let label = label(unit);
        let suggestion = |sheet: &str| {
            let q = question(words.number.as_deref(), Some(sheet), &label);
            Suggestion {
                kind: SuggestionKind::Sheet,
                label: q.clone(),
                became: Vec::new(),
                q,
            }
        };
        sheets.into_iter().take(AT_MOST).map(suggestion).collect()
    }

    fn numbers(&self, unit: &Unit, sheet: &str, words: &KeyWords, date: Day) -> Vec<Suggestion> {
        let begun = words.number.as_deref().unwrap_or("").to_uppercase();
        let mut numbers: Vec<String> = Vec::new();
        let columns = &self.base.columns;
        for commune in self.communes_of_unit(unit, date) {
            let Ok(sheet) = crate::cadastre::SheetNumber::parse(sheet) else {
                return Vec::new();
            };
            let added = self.overlay.rows.iter().flatten().filter(|v| {
                v.parcel.as_map.commune == commune
                    && v.parcel.as_map.sheet == sheet
                    && v.lifespan.valid.has(date)
            });
            numbers.extend(added.map(|v| v.parcel.as_map.number.as_str().to_owned()));
            let Some(series) = columns.series_pool.find(commune, &sheet) else {
                continue;
            };
            let rows = self.base.by_map.group(series).iter();
            let rows = rows
                .filter(|row| !self.overlay.removed.contains(row) && self.valid(**row).has(date));
            numbers.extend(rows.map(|&row| columns.number_text(columns.map_key(row).1)));
        }
        numbers.retain(|number| number.starts_with(&begun));
        numbers.sort_unstable_by_key(|number| (number.len(), number.clone()));
        numbers.dedup();
        let label = label(unit);
        let suggestion = |number: String| {
            let q = question(Some(&number), Some(sheet), &label);
            Suggestion {
                kind: SuggestionKind::Parcel,
                label: q.clone(),
                became: Vec::new(),
                q,
            }
        };
        numbers.into_iter().take(AT_MOST).map(suggestion).collect()
    }

    fn communes_of_unit(&self, unit: &Unit, date: Day) -> BTreeSet<WardCode> {
        let mut communes: BTreeSet<WardCode> = unit.code.into_iter().collect();
        if let Some(code) = unit.code.filter(|_| unit.valid.has(date)) {
            communes.extend(self.communes_of(code));
        }
        communes
    }

    /// Whether a unit's name goes on from what was typed, at the beginning of any of its words.
    fn completes(&self, unit: &Unit, typed: &WardWords) -> bool {
        let goes_on = |from: usize| unit.bare[from..].starts_with(&typed.name);
        let mut starts = unit.bare.match_indices(' ').map(|(i, _)| i + 1);
        let district = typed.district.as_deref();
        !unit.bare.is_empty()
            && (goes_on(0) || starts.any(goes_on))
            && (typed.kind.is_none() || unit.kind == typed.kind)
            && district.is_none_or(|d| self.wards.lies_in(unit, d))
    }

    /// Whether the register has parcels of a ward, or numbered in the series of a former one.
    pub(super) fn holds_parcels_of_unit(&self, unit: &Unit, date: Day) -> bool {
        self.holds_parcels_of(&self.reading(unit, date))
    }
}

/// A former ward is told apart by its district.
pub(super) fn label(unit: &Unit) -> String {
    match (unit.became.is_empty(), unit.districts.first()) {
        (false, Some(district)) => format!("{}, {district}", unit.full_name),
        _ => unit.full_name.clone(),
    }
}

/// The text that asks for it, in the order of certificates.
pub(super) fn question(number: Option<&str>, sheet: Option<&str>, ward: &str) -> String {
    let number = number.map(|n| format!("thửa {n}, ")).unwrap_or_default();
    let sheet = sheet.map(|s| format!("tờ {s}, ")).unwrap_or_default();
    format!("{number}{sheet}{ward}")
}
