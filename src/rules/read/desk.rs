//! Where a pack is read: values of the expected sort with their places, and every mistake.

use std::ops::Range;

use rust_decimal::Decimal;

use super::keys;
use crate::cadastre::Day;
use crate::rules::mistake::Mistake;
use crate::rules::node::{self, Content, Node, Table};
use crate::rules::pack::{BothTexts, DayEdge, Validity};

/// The text being read, and what is wrong with it so far.
pub struct Desk<'t> {
    file: &'t str,
    text: &'t str,
    mistakes: Vec<Mistake>,
}

/// A table with its place and its name for people, such as `[[rule]]`.
#[derive(Clone, Copy)]
pub struct Part<'n> {
    pub table: &'n Table,
    pub at: usize,
    pub name: &'static str,
}

/// Numbers of a pack lie below this, with at most six decimals, so that tables stay exact.
const GREATEST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// Words with commas between them, for "expected one of".
pub fn listed<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    words.join(", ")
}

impl<'t> Desk<'t> {
    pub fn new(file: &'t str, text: &'t str) -> Self {
        Self {
            file,
            text,
            mistakes: Vec::new(),
        }
    }

    /// The text as TOML; nothing when it is none, with every place where it is not.
    pub fn table(&mut self) -> Option<Table> {
        match node::read(self.text) {
            Ok(table) => Some(table),
            Err(errors) => {
                for error in errors {
                    self.mistake(error.at, "not_toml", vec![("reason", error.reason)]);
                }
                None
            }
        }
    }

    /// The file that is read.
    pub const fn file(&self) -> &str {
        self.file
    }

    /// The line of a place, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.before(at).matches('\n').count() + 1
    }

    fn before(&self, at: usize) -> &str {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        &self.text[..at]
    }

    pub fn mistake(&mut self, at: usize, code: &'static str, values: Vec<(&'static str, String)>) {
        let before = self.before(at);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.mistakes.push(Mistake {
            file: self.file.to_owned(),
            line: self.line(at),
            column: before[line_start..].chars().count() + 1,
            code,
            values,
        });
    }

    pub fn is_clean(&self) -> bool {
        self.mistakes.is_empty()
    }

    pub fn mistakes(mut self) -> Vec<Mistake> {
        self.mistakes.sort();
        self.mistakes.dedup();
        self.mistakes
    }

    /// Tells keys that the table cannot have.
    pub fn only(&mut self, part: Part<'_>, known: &[&[&str]]) {
        for (name, (at, _)) in part.table {
            if !known.iter().any(|keys| keys.contains(&name.as_str())) {
                let expected = listed(known.iter().flat_map(|keys| keys.iter().copied()));
                let values = vec![("key", name.clone()), ("expected", expected)];
                self.mistake(at.start, "unknown_key", values);
            }
        }
    }

    fn missing(&mut self, part: Part<'_>, key: &str) {
        let values = vec![("key", key.to_owned()), ("where", part.name.to_owned())];
        self.mistake(part.at, "missing_key", values);
    }

    pub fn wrong_type(&mut self, node: &Node, key: &str, expected: &str) {
        let values = vec![
            ("key", key.to_owned()),
            ("found", node.content.sort().to_owned()),
            ("expected", expected.to_owned()),
        ];
        self.mistake(node.at.start, "wrong_type", values);
    }

    /// A member that must be there.
    pub fn needed<'n>(&mut self, part: Part<'n>, key: &str) -> Option<&'n Node> {
        let found = part.table.get(key).map(|(_, node)| node);
        if found.is_none() {
            self.missing(part, key);
        }
        found
    }

    pub fn text_of<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        let Content::Text(text) = &node.content else {
            self.wrong_type(node, key, "text");
            return None;
        };
        if text.trim().is_empty() {
            self.mistake(node.at.start, "empty_text", vec![("key", key.to_owned())]);
            return None;
        }
        Some(text)
    }

    pub fn needed_text<'n>(&mut self, part: Part<'n>, key: &str) -> Option<(&'n str, usize)> {
        let node = self.needed(part, key)?;
        Some((self.text_of(node, key)?, node.at.start))
    }

    pub fn optional_text(&mut self, part: Part<'_>, key: &str) -> Option<String> {
        let (_, node) = part.table.get(key)?;
        self.text_of(node, key).map(str::to_owned)
    }

    /// A text that must be one of some words, by `of_word`.
    pub fn word<T>(
        &mut self,
        (text, at): (&str, usize),
        what: &'static str,
        of_word: impl FnOnce(&str) -> Option<T>,
        known: impl FnOnce() -> String,
    ) -> Option<T> {
        let found = of_word(text);
        if found.is_none() {
            let values = vec![
                ("word", text.to_owned()),
                ("what", what.to_owned()),
                ("expected", known()),
            ];
            self.mistake(at, "unknown_word", values);
        }
        found
    }

    /// An id: lower-case letters, digits and `_`, a letter first.
    pub fn identifier(&mut self, part: Part<'_>, key: &str) -> Option<(String, usize)> {
        let (text, at) = self.needed_text(part, key)?;
        let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        if starts && text.len() <= 64 && text.bytes().all(allowed) {
            return Some((text.to_owned(), at));
        }
        let expected = "a-z 0-9 _, a letter first, at most 64".to_owned();
        let values = vec![("word", text.to_owned()), ("expected", expected)];
        self.mistake(at, "bad_identifier", values);
        None
    }

    pub fn number(&mut self, node: &Node, key: &str) -> Option<Decimal> {
        let Content::Number(number, text) = &node.content else {
            self.wrong_type(node, key, "number");
            return None;
        };
        let sound = number.filter(|n| n.abs() < GREATEST && n.scale() <= 6);
        if sound.is_none() {
            let expected = "at most 999999999, at most 6 decimals, such as 3.5".to_owned();
            let values = vec![("found", text.clone()), ("expected", expected)];
            self.mistake(node.at.start, "bad_number", values);
        }
        sound
    }

    pub fn truth(&mut self, node: &Node, key: &str) -> Option<bool> {
        match node.content {
            Content::Truth(truth) => Some(truth),
            _ => {
                self.wrong_type(node, key, "true or false");
                None
            }
        }
    }

    /// A list with something in it.
    pub fn list<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n [Node]> {
        let Content::List(items) = &node.content else {
            self.wrong_type(node, key, "list");
            return None;
        };
        if items.is_empty() {
            self.mistake(node.at.start, "empty_list", vec![("key", key.to_owned())]);
            return None;
        }
        Some(items)
    }

    pub fn part<'n>(&mut self, node: &'n Node, name: &'static str) -> Option<Part<'n>> {
        match &node.content {
            Content::Table(table) => Some(Part {
                table,
                at: node.at.start,
                name,
            }),
            _ => {
                self.wrong_type(node, name, "table");
                None
            }
        }
    }

    /// Texts of a list with their places.
    pub fn texts<'n>(&mut self, node: &'n Node, key: &str) -> Option<Vec<(&'n str, usize)>> {
        let items = self.list(node, key)?;
        let read = items.iter().map(|item| {
            let text = self.text_of(item, key);
            text.map(|text| (text, item.at.start))
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }

    pub fn both_texts(&mut self, node: &Node, key: &'static str) -> Option<BothTexts> {
        let part = self.part(node, key)?;
        self.only(part, &[keys::BOTH_TEXTS]);
        let vi = self
            .needed_text(part, "vi")
            .map(|(text, _)| text.to_owned());
        let en = self
            .needed_text(part, "en")
            .map(|(text, _)| text.to_owned());
        Some(BothTexts { vi: vi?, en: en? })
    }

    pub fn needed_both(&mut self, part: Part<'_>, key: &'static str) -> Option<BothTexts> {
        let node = self.needed(part, key)?;
        self.both_texts(node, key)
    }

    pub fn optional_both(&mut self, part: Part<'_>, key: &'static str) -> Option<BothTexts> {
        let (_, node) = part.table.get(key)?;
        self.both_texts(node, key)
    }

    fn day(&mut self, node: &Node, key: &str) -> Option<Day> {
        let Content::Date(text) = &node.content else {
            self.wrong_type(node, key, "date");
            return None;
        };
        let day = Day::parse(text).ok();
        if day.is_none() {
            let values = vec![("found", text.clone())];
            self.mistake(node.at.start, "bad_day", values);
        }
        day
    }

    fn day_edge(&mut self, part: Part<'_>, key: &'static str) -> Option<DayEdge> {
        let (_, node) = part.table.get(key)?;
        if let Content::Date(_) = node.content {
            let day = self.day(node, key)?;
            return Some(DayEdge {
                not_before: day,
                not_after: day,
            });
        }
        let inner = self.part(node, key)?;
        self.only(inner, &[keys::DAY_EDGE]);
        let mut day = |edge| {
            let node = self.needed(inner, edge)?;
            self.day(node, edge)
        };
        let (not_before, not_after) = (day("not_before"), day("not_after"));
        let edge = DayEdge {
            not_before: not_before?,
            not_after: not_after?,
        };
        self.in_order(edge.not_before, edge.not_after, &node.at);
        Some(edge)
    }

    /// The days of a pack or rule.
    pub fn validity(&mut self, part: Part<'_>) -> Validity {
        let valid = Validity {
            from: self.day_edge(part, "valid_from"),
            to: self.day_edge(part, "valid_to"),
        };
        if let (Some(from), Some(to), Some((at, _))) =
            (valid.from, valid.to, part.table.get("valid_to"))
        {
            self.in_order(from.not_after, to.not_before, at);
        }
        valid
    }

    fn in_order(&mut self, from: Day, to: Day, at: &Range<usize>) {
        if to <= from {
            let values = vec![("from", from.to_string()), ("to", to.to_string())];
            self.mistake(at.start, "ends_before_it_begins", values);
        }
    }
}
