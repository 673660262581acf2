//! Query strings, read strictly: every parameter known, once, decodable, with a possible value.

use std::borrow::Cow;

use actix_web::HttpRequest;

use super::language::Language;
use super::problem::{Kind, Problem};
use crate::cadastre::Day;

/// The parameters of one request.
#[derive(Debug)]
pub struct Query<'a> {
    pairs: Vec<(&'static str, Cow<'a, str>)>,
}

impl<'a> Query<'a> {
    /// Reads the query string of a request; `known` are the parameters it may have.
    ///
    /// # Errors
    /// [`Problem`] `invalid_parameter` for an unknown or repeated parameter, for a percent sign
    /// without two hexadecimal digits, for bytes that are not UTF-8, for control characters.
    pub fn of(request: &'a HttpRequest, known: &[&'static str]) -> Result<Self, Problem> {
        Self::read(request.query_string(), known)
    }

    /// Reads a query string, as [`Query::of`] does.
    ///
    /// # Errors
    /// As [`Query::of`].
    pub fn read(text: &'a str, known: &[&'static str]) -> Result<Self, Problem> {
        let mut pairs: Vec<(&'static str, Cow<'a, str>)> = Vec::with_capacity(4);
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(name, name)?;
            let Some(&name) = known.iter().find(|known| **known == name) else {
                let arguments = vec![("name", name.chars().take(80).collect())];
                return Err(
                    Problem::new(Kind::InvalidParameter, "unknown_parameter", arguments)
                        .at(&name)
                        .expecting("parameters", vec![("names", known.join(", "))]),
                );
            };
            let value = decode(name, value)?;
            if pairs.iter().any(|(given, _)| *given == name) {
                return Err(Problem::parameter(
                    name,
                    "duplicate_parameter",
                    &value,
                    "once",
                ));
            }
            if has_control(&value) {
                return Err(Problem::parameter(name, "control_character", "", "text")
                    .expecting("text", vec![("max", LONGEST.to_string())]));
            }
            pairs.push((name, value));
        }
        Ok(Self { pairs })
    }

    /// Without those of the parameters listed that are empty: a form without a script sends every
    /// field.
    pub fn without_empty(mut self, listed: &[&'static str]) -> Self {
        self.pairs
            .retain(|(name, value)| !(listed.contains(name) && value.trim().is_empty()));
        self
    }

    /// The text of a parameter, if it is given.
    pub fn text(&self, name: &str) -> Option<&str> {
        let mut pairs = self.pairs.iter();
        pairs
            .find(|(given, _)| *given == name)
            .map(|(_, value)| value.as_ref())
    }

    /// All parameters given, in their order.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let pairs = self.pairs.iter();
        pairs.map(|(name, value)| (*name, value.as_ref()))
    }

    /// Whether any of the parameters listed is given.
    pub fn has_any(&self, listed: &[&'static str]) -> bool {
        listed.iter().any(|name| self.text(name).is_some())
    }

    /// Names of the parameters given, of those listed.
    pub fn given(&self, listed: &[&'static str]) -> Vec<&'static str> {
        let given = |name: &&&'static str| self.text(name).is_some();
        listed.iter().filter(given).copied().collect()
    }

    /// A text that must be there: 1 to 200 characters.
    ///
    /// # Errors
    /// `invalid_parameter` when it is missing, empty or longer.
    pub fn required_text(&self, name: &'static str) -> Result<&str, Problem> {
        let complain = |detail, value: &str| {
            Problem::parameter(name, detail, value, "text")
                .expecting("text", vec![("max", LONGEST.to_string())])
        };
        match self.text(name) {
            None => Err(complain("missing_parameter", "")),
            Some(text) if text.trim().is_empty() => Err(complain("empty_parameter", "")),
            Some(text) if text.chars().count() > LONGEST => Err(complain("too_long", text)),
            Some(text) => Ok(text),
        }
    }

    /// A number within closed bounds, if it is given.
    ///
    /// # Errors
    /// `invalid_parameter` for a text that is not a finite number, or one out of bounds.
    pub fn number(
        &self,
        name: &'static str,
        (least, greatest): (f64, f64),
        expected: &'static str,
    ) -> Result<Option<f64>, Problem> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let complain = |detail| Problem::parameter(name, detail, text, expected);
        let number: f64 = text.parse().map_err(|_| complain("not_a_number"))?;
        if !number.is_finite() {
            return Err(complain("not_a_number"));
        }
        if !(least..=greatest).contains(&number) {
            return Err(complain("out_of_range"));
        }
        Ok(Some(number))
    }

    /// A number within closed bounds that must be there.
    ///
    /// # Errors
    /// As [`Query::number`], and when it is missing.
    pub fn required_number(
        &self,
        name: &'static str,
        bounds: (f64, f64),
        expected: &'static str,
    ) -> Result<f64, Problem> {
        self.number(name, bounds, expected)?
            .ok_or_else(|| Problem::parameter(name, "missing_parameter", "", expected))
    }

    /// `true` or `false`; false when it is not given.
    ///
    /// # Errors
    /// `invalid_parameter` for anything else.
    pub fn truth(&self, name: &'static str) -> Result<bool, Problem> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Problem::parameter(name, "not_a_choice", other, "truth")),
        }
    }

    /// The parameter `date`.
    ///
    /// # Errors
    /// `invalid_parameter` for a text that is not a date.
    pub fn date(&self) -> Result<Option<Day>, Problem> {
        let read = |text| {
            Day::parse(text).map_err(|_| Problem::parameter("date", "not_a_date", text, "date"))
        };
        self.text("date").map(read).transpose()
    }

    /// The parameter `lang`, else what `Accept-Language` prefers.
    ///
    /// # Errors
    /// `invalid_parameter` for a language that is not spoken here.
    pub fn language(&self, request: &HttpRequest) -> Result<Language, Problem> {
        match self.text("lang") {
            None => Ok(Language::preferred(request.headers())),
            Some(tag) => Language::from_tag(tag)
                .ok_or_else(|| Problem::parameter("lang", "not_a_language", tag, "language")),
        }
    }
}

fn has_control(text: &str) -> bool {
    // Among ASCII these two ranges; the others are looked for only where there may be one.
    let suspect = |byte: u8| !(b' '..0x7f).contains(&byte);
    text.bytes().any(suspect) && text.chars().any(char::is_control)
}

/// Greatest number of characters of a text.
const LONGEST: usize = 200;

/// Decodes `+` and `%xx`, strictly.
fn decode<'a>(name: &str, text: &'a str) -> Result<Cow<'a, str>, Problem> {
    if !text.bytes().any(|byte| byte == b'%' || byte == b'+') {
        return Ok(Cow::Borrowed(text));
    }
    let broken = |detail| Problem::parameter(name, detail, text, "percent");
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let (Some(high), Some(low)) = (digit(after.first()), digit(after.get(1))) else {
                    return Err(broken("broken_percent"));
                };
                bytes.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|_| broken("broken_utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["q", "lon", "date"];

    #[test]
    fn plus_and_percent_are_decoded_and_diacritics_may_be_raw() {
        let query = Query::read("q=th%E1%BB%ADa+12%2B&lon=1", &KNOWN).expect("a query");
        assert_eq!(query.text("q"), Some("thửa 12+"));
        let raw = Query::read("q=thửa", &KNOWN).expect("a query");
        assert_eq!(raw.text("q"), Some("thửa"));
    }

    #[test]
    fn a_parameter_that_is_unknown_repeated_or_broken_is_named() {
        for (text, parameter) in [
            ("where=1", "where"),
            ("Q=1", "Q"),
            ("q=1&q=2", "q"),
            ("q=%2", "q"),
            ("q=%zz", "q"),
            ("q=%ff%fe", "q"),
            ("q=%C3", "q"),
            ("q=a%00b", "q"),
        ] {
            let problem = Query::read(text, &KNOWN).expect_err(text);
            assert_eq!(problem.kind(), Kind::InvalidParameter);
            let view = problem.view(Language::English, "/", "1");
            assert_eq!(view.parameter.as_deref(), Some(parameter), "{text}");
            assert!(view.expected.is_some(), "{text}");
        }
    }

    #[test]
    fn numbers_are_finite_and_within_closed_bounds() {
        let number = |text: &str| {
            Query::read(text, &KNOWN).and_then(|q| q.number("lon", (-180.0, 180.0), "longitude"))
        };
        assert_eq!(number("lon=180").expect("in bounds"), Some(180.0));
        assert_eq!(number("").expect("absent"), None);
        for text in [
            "lon=180.0000001",
            "lon=NaN",
            "lon=inf",
            "lon=",
            "lon=1,5",
            "lon=0x1",
        ] {
            assert!(number(text).is_err(), "{text}");
        }
    }
}
