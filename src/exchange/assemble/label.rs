//! Labels of drawn parcels: number, area and land use, on levels of their own or in one text.

use super::drawing::TextRole;
use crate::exchange::text::{DecimalSign, Written};

/// What the texts inside a figure say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// Numbers, each once.
    pub numbers: Vec<String>,
    /// Area in m², the first one given, with its text.
    pub area_m2: Option<(String, Written)>,
    /// Land-use codes as written, each once, in order.
    pub land_use: Vec<String>,
}

impl Label {
    /// Adds a text. Answers whether something could be read from it.
    ///
    /// A number's text may be a combined label, `12 / 66.0 / ODT` or the same on several lines:
    /// the first part that is no land use is the number, the next the area.
    pub fn add(&mut self, role: TextRole, text: &str, sign: Option<DecimalSign>) -> bool {
        let parts = parts(text);
        let mut understood = false;
        let mut rest = parts.iter();
        if role == TextRole::Number
            && let Some(number) = rest.find(|part| parts.len() == 1 || !is_land_use(part))
        {
            push_once(&mut self.numbers, number);
            understood = true;
        }
        for part in &parts {
            if is_land_use(part) && (role != TextRole::Number || parts.len() > 1) {
                for code in part.split('+') {
                    push_once(&mut self.land_use, code);
                }
                understood = true;
            }
        }
        if role != TextRole::LandUse
            && let Some(area) = rest.find_map(|part| area_m2(part, sign))
        {
            self.area_m2.get_or_insert(area);
            understood = true;
        }
        understood
    }
}

/// The parts of a label, parted by slashes, bars, semicolons and white space.
fn parts(text: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || matches!(c, '/' | '|' | ';' | '\u{2044}');
    text.split(between)
        .filter(|part| !part.is_empty())
        .collect()
}

/// Two to four letters, or several such codes joined by `+`.
fn is_land_use(part: &str) -> bool {
    let code =
        |code: &str| (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    part.split('+').all(code)
}

/// An area of more than 0, with or without its unit.
fn area_m2(part: &str, sign: Option<DecimalSign>) -> Option<(String, Written)> {
    let written = Written::read(part, sign)?;
    (written != Written::Certain(0.0)).then(|| (part.to_owned(), written))
}

fn push_once(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|held| held == text) {
        list.push(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[(TextRole, &str)]) -> (Vec<String>, Option<f64>, Vec<String>) {
        let mut label = Label::default();
        for (role, text) in texts {
            label.add(*role, text, None);
        }
        let area = label.area_m2.map(|(_, written)| match written {
            Written::Certain(area) => area,
            Written::Either { .. } => f64::NAN,
        });
        (label.numbers, area, label.land_use)
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&t| t.to_owned()).collect()
    }

    #[test]
    fn three_levels_and_one_combined_label_say_the_same() {
        use TextRole::{Area, LandUse, Number};
        let expected = (texts(&["12"]), Some(66.0), texts(&["ODT"]));
        assert_eq!(
            read(&[(Number, "12"), (Area, "66.0"), (LandUse, "ODT")]),
            expected
        );
        for combined in [
            "12 / 66.0 / ODT",
            "ODT 12/66,0",
            "12\n66.0\nODT",
            "ODT\n12/66.0m2",
        ] {
            assert_eq!(read(&[(Number, combined)]), expected, "{combined}");
        }
    }

    #[test]
    fn a_mixed_land_use_is_two_codes_and_a_number_with_a_letter_stays_a_number() {
        let label = read(&[(TextRole::Number, "12a / 1066 / ODT+CLN")]);
        assert_eq!(
            label,
            (texts(&["12a"]), Some(1066.0), texts(&["ODT", "CLN"]))
        );
    }

    #[test]
    fn a_number_given_twice_is_one_and_two_numbers_are_two() {
        let twice = read(&[(TextRole::Number, "7"), (TextRole::Number, "7")]);
        assert_eq!(twice.0, texts(&["7"]));
        let two = read(&[(TextRole::Number, "7"), (TextRole::Number, "8")]);
        assert_eq!(two.0, texts(&["7", "8"]));
    }

    #[test]
    fn a_text_that_says_nothing_is_not_understood() {
        let mut label = Label::default();
        assert!(!label.add(TextRole::Area, "hẻm", None));
        assert!(!label.add(TextRole::LandUse, "66.0", None));
        assert_eq!(label, Label::default());
    }
}
