//! What the name of a file says: maps are kept one sheet a file, `26740_12_500.dgn`, `DC12.dgn`.

use serde::Deserialize;

/// A pattern for the name of a file without its extension, such as `{commune}_{sheet}_{scale}`.
///
/// `{sheet}` stands for letters and digits, at least one, which are the value of that field;
/// `{*}` stands for anything, or nothing; everything else stands for itself in either case of its
/// letters.
///
/// ```
/// # use diachinh::exchange::profile::FileNamePattern;
/// # fn main() -> Result<(), diachinh::exchange::profile::InvalidPattern> {
/// let pattern = FileNamePattern::parse("DC{sheet}{*}")?;
/// let values = pattern.values("dc12 (bs)");
/// assert_eq!(values, Some(vec![("sheet".to_owned(), "12".to_owned())]));
/// assert!(pattern.values("to-12").is_none());
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNamePattern {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Value(String),
    Anything,
}

/// A text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no pattern of file names, expected one such as `{{commune}}_{{sheet}}_{{scale}}`, \
     with some text between two values"
)]
pub struct InvalidPattern(pub String);

impl FileNamePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`InvalidPattern`] for braces that do not match, an unnamed value, or two values with no
    /// text between them.
    pub fn parse(text: &str) -> Result<Self, InvalidPattern> {
        let invalid = || InvalidPattern(text.to_owned());
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(invalid)?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_lowercase()));
            } else if !pieces.is_empty() && name != "*" {
                return Err(invalid());
            }
            pieces.push(match name {
                "*" => Piece::Anything,
                "" => return Err(invalid()),
                name => Piece::Value(name.to_owned()),
            });
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_lowercase()));
        }
        let says_something = pieces.iter().any(|piece| matches!(piece, Piece::Value(_)));
        if says_something && !rest.contains('}') {
            let text = text.to_owned();
            return Ok(Self { text, pieces });
        }
        Err(invalid())
    }

    /// The fields it gives a value.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// Fields and values that a name without extension states; nothing when it does not fit.
    pub fn values(&self, name: &str) -> Option<Vec<(String, String)>> {
        let mut values = Vec::new();
        fits(&self.pieces, name, &mut values).then_some(values)
    }
}

impl std::fmt::Display for FileNamePattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// The patterns of a profile: one text, or a list of them.
pub(super) struct FileNamePatterns(pub Vec<FileNamePattern>);

impl<'de> Deserialize<'de> for FileNamePatterns {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrSeveral)
    }
}

struct OneOrSeveral;

impl<'de> serde::de::Visitor<'de> for OneOrSeveral {
    type Value = FileNamePatterns;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a pattern of file names such as `DC{sheet}`, or a list of patterns")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<FileNamePatterns, E> {
        let pattern = FileNamePattern::parse(text).map_err(E::custom)?;
        Ok(FileNamePatterns(vec![pattern]))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(
        self,
        mut seq: A,
    ) -> Result<FileNamePatterns, A::Error> {
        let mut patterns = Vec::new();
        while let Some(text) = seq.next_element::<String>()? {
            let pattern = FileNamePattern::parse(&text).map_err(serde::de::Error::custom)?;
            patterns.push(pattern);
        }
        Ok(FileNamePatterns(patterns))
    }
}

/// Whether a name fits the pieces, with the values it then states. A value takes as much as it
/// can and as little as it must.
fn fits(pieces: &[Piece], name: &str, values: &mut Vec<(String, String)>) -> bool {
    let Some((first, later)) = pieces.split_first() else {
        return name.is_empty();
    };
    let ends = || name.char_indices().map(|(i, c)| i + c.len_utf8());
    match first {
        Piece::Text(text) => {
            let end = ends().find(|&end| name[..end].to_lowercase() == *text);
            end.is_some_and(|end| fits(later, &name[end..], values))
        }
        Piece::Anything => {
            let mut all = std::iter::once(0).chain(ends());
            all.any(|end| fits(later, &name[end..], values))
        }
        Piece::Value(field) => {
            let length = name.find(|c: char| !c.is_alphanumeric());
            let most = length.unwrap_or(name.len());
            let mut all: Vec<usize> = ends().filter(|end| *end <= most).collect();
            all.reverse();
            all.into_iter().any(|end| {
                let held = values.len();
                values.push((field.clone(), name[..end].to_owned()));
                let fit = fits(later, &name[end..], values);
                if !fit {
                    values.truncate(held);
                }
                fit
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str, name: &str) -> Option<Vec<String>> {
        let pattern = FileNamePattern::parse(pattern).expect("a pattern");
        let values = pattern.values(name)?;
        Some(
            values
                .into_iter()
                .map(|(f, v)| format!("{f}={v}"))
                .collect(),
        )
    }

    #[test]
    fn a_name_that_fits_states_its_values_and_any_other_states_none() {
        let full = "{commune}_{sheet}_{scale}";
        let expected = ["commune=26740", "sheet=12", "scale=500"];
        assert_eq!(
            read(full, "26740_12_500").as_deref(),
            Some(&expected.map(str::to_owned)[..])
        );
        for other in ["26740_12", "26740-12-500", "26740_12_500_2", "_12_500", ""] {
            assert_eq!(read(full, other), None, "{other}");
        }
        assert_eq!(read("DC{sheet}", "dc07"), Some(vec!["sheet=07".to_owned()]));
        assert_eq!(read("DC{sheet}", "DC12a b"), None);
        assert_eq!(
            read("Tờ {sheet}{*}", "TỜ 12"),
            Some(vec!["sheet=12".to_owned()])
        );
        assert_eq!(
            read("{*}-{sheet}", "a-b-3"),
            Some(vec!["sheet=3".to_owned()])
        );
        assert_eq!(read("{sheet}x", "12xx"), Some(vec!["sheet=12x".to_owned()]));
    }

    #[test]
    fn a_text_that_is_no_pattern_is_refused_with_an_example() {
        for wrong in [
            "",
            "DC12",
            "DC{sheet",
            "DC{}",
            "DC}sheet{",
            "{commune}{sheet}",
            "{*}",
            "{a}}",
        ] {
            let refused = FileNamePattern::parse(wrong).expect_err(wrong).to_string();
            assert!(refused.contains("{commune}_{sheet}_{scale}"), "{refused}");
        }
    }
}
