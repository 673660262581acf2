//! What is wrong with a pack, each mistake with its place and what was expected.

/// A mistake of a pack, or of several together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// File.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Stable code, such as `unknown_key`; its texts are in `data/messages/rules.toml`.
    pub code: &'static str,
    /// What fills the text, by name.
    pub values: Vec<(&'static str, String)>,
}

impl Mistake {
    /// The value of a name; empty when the mistake has none of it.
    pub fn value(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Every code of a mistake, with the names of its values.
pub const CODES: &[(&str, &[&str])] = &[
    ("not_toml", &["reason"]),
    ("missing_key", &["key", "where"]),
    ("unknown_key", &["key", "expected"]),
    ("wrong_type", &["key", "found", "expected"]),
    ("unknown_word", &["word", "what", "expected"]),
    ("bad_identifier", &["word", "expected"]),
    ("bad_number", &["found", "expected"]),
    ("bad_day", &["found"]),
    ("empty_text", &["key"]),
    ("empty_list", &["key"]),
    ("twice", &["what", "word", "line"]),
    ("unknown_source", &["word", "expected"]),
    ("missing_citation", &["rule"]),
    ("unknown_rule", &["word"]),
    ("no_scope", &[]),
    ("ends_before_it_begins", &["from", "to"]),
    ("wrong_unit", &["found", "expected", "of"]),
    ("wrong_bound", &["found", "expected", "of"]),
    ("wrong_subject", &["found", "expected", "of"]),
    ("not_of_kind", &["key", "kind"]),
    ("no_value", &["expected"]),
    ("two_values", &["keys", "expected"]),
    ("no_interval", &["parameter"]),
    ("empty_interval", &["interval"]),
    ("overlap", &["before", "after"]),
    ("gap", &["before", "after"]),
    ("words_not_covered", &["words", "parameter"]),
    ("word_twice", &["word"]),
    ("not_sorted", &["before", "after"]),
    ("too_few_knots", &["found"]),
    ("wrong_size", &["found", "expected"]),
    ("unconfirmed_without_reason", &["rule"]),
    ("no_condition", &["expected"]),
];
