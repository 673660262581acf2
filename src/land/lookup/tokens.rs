//! A text as the tokens that its words and numbers are.

use super::markers::{FORMER, GROUP, LANE, MARKERS, STREET, TRAILERS};
use crate::cadastre::names;

/// The tokens of a piece, each with the word it comes from.
#[derive(Debug, Default)]
pub(super) struct Tokens<'p> {
    pub(super) folded: Vec<String>,
    /// As written; empty for all but the first token of a word.
    written: Vec<&'p str>,
}

impl Tokens<'_> {
    /// The words of some tokens as they were written.
    pub(super) fn written(&self, tokens: std::ops::Range<usize>) -> String {
        let words = self.written[tokens].iter().filter(|word| !word.is_empty());
        words.copied().collect::<Vec<_>>().join(" ")
    }
}

/// Letters and digits, folded; a slash or hyphen stays between two of them, and an abbreviation
/// parts from its number (`q1`, `P.12`).
pub(super) fn tokens(piece: &str) -> Tokens<'_> {
    let inner = |c: char| c.is_alphanumeric() || c == '/' || c == '-' || is_mark(c);
    let mut tokens = Tokens::default();
    for word in piece.split(|c: char| !inner(c)) {
        let word = word.trim_matches(['/', '-']);
        let mut written = Some(word);
        for token in tokens_of(word) {
            tokens.written.push(written.take().unwrap_or_default());
            tokens.folded.push(token);
        }
    }
    tokens
}

fn tokens_of(word: &str) -> Vec<String> {
    if let Some(told) = told_by_accents(word) {
        return vec![told.to_owned()];
    }
    let numeric = word.contains(|c: char| c.is_ascii_digit());
    let folded = if numeric {
        fold_number(word)
    } else {
        names::fold(word)
    };
    let mut tokens = parted(&folded);
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The word that its accents tell from another one that folds alike.
fn told_by_accents(word: &str) -> Option<&'static str> {
    if word.is_ascii() || word.chars().count() > 5 {
        return None;
    }
    let lower = word.to_lowercase();
    match lower.as_str() {
        "đ" => Some(STREET),
        lower => [STREET, GROUP, LANE, FORMER]
            .into_iter()
            .find(|told| *told == lower),
    }
}

/// A combining mark of a text that is not composed to the end.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Folds the letters of a number and keeps its slashes and hyphens.
fn fold_number(word: &str) -> String {
    let mut folded = String::new();
    for part in word.split_inclusive(['/', '-']) {
        folded.push_str(&names::fold(part));
        folded.extend(part.chars().last().filter(|c| matches!(c, '/' | '-')));
    }
    folded
}

/// A word of letters, digits and hyphens as the tokens it is made of.
fn parted(word: &str) -> Vec<String> {
    let mut parts = word.split('-').map(str::to_owned);
    let mut numbers = vec![parts.next().unwrap_or_default()];
    for part in parts {
        match numbers.last_mut() {
            Some(last) if goes_on(last, &part) => {
                last.push('-');
                last.push_str(&part);
            }
            _ => numbers.push(part),
        }
    }
    let parted = numbers.iter().flat_map(|part| part_abbreviation(part));
    parted.collect()
}

/// Whether a hyphen joins two parts of one number (`12-1`, `12-A`, `DC-5`) rather than parting
/// words (`12-tờ`, `5-bến`, `tan-binh`).
fn goes_on(number: &str, part: &str) -> bool {
    let digits = |text: &str| text.find(|c: char| c.is_ascii_digit());
    let letters = digits(part).map_or(part, |at| &part[..at]);
    let short = number.len() <= 3 && !number.is_empty() && !announces(number);
    match digits(number) {
        _ if announces(letters) => false,
        Some(_) => letters.chars().count() <= 1,
        None => short && letters.is_empty() && !part.is_empty(),
    }
}

/// Whether a word, by itself, is one that announces something.
fn announces(word: &str) -> bool {
    let mut markers = MARKERS.iter().chain(&TRAILERS);
    markers.any(|(words, _)| *words == word)
}

fn part_abbreviation(word: &str) -> Vec<String> {
    let digits = word.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let (letters, number) = word.split_at(digits);
    if announces(letters) {
        // `to1thua12` and `p4q3` are two of them.
        let end = number.find(|c: char| c.is_alphabetic());
        let (number, rest) = number.split_at(end.unwrap_or(number.len()));
        let digits = rest.find(|c: char| c.is_ascii_digit());
        let mut parts = vec![letters.to_owned(), number.to_owned()];
        match digits.filter(|&at| announces(&rest[..at])) {
            Some(_) => parts.extend(part_abbreviation(rest)),
            None => parts[1].push_str(rest),
        }
        return parts;
    }
    // A name typed with a slash is two words.
    if digits == 0 && !word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.split(['/', ' ']).map(str::to_owned).collect();
    }
    vec![word.to_owned()]
}

/// A number of a sheet or parcel: begins with a digit, or is short and has one (`DC5`).
pub(super) fn is_number(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    token.starts_with(|c: char| c.is_ascii_digit()) || (digits > 0 && token.len() <= 8)
}
