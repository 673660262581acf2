//! The sentences of the page, from the files that the page itself is built with.

use std::sync::LazyLock;

use serde_json::Value;

use super::language::Language;

static VIETNAMESE: LazyLock<Value> =
    LazyLock::new(|| read(include_str!("../../web/src/messages/vi.json")));
static ENGLISH: LazyLock<Value> =
    LazyLock::new(|| read(include_str!("../../web/src/messages/en.json")));

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("the message files are built in and read by a test")
}

/// The page's words in one language.
#[derive(Debug, Clone, Copy)]
pub struct PageWords {
    /// The language.
    pub language: Language,
}

impl PageWords {
    /// The text under a dotted key such as `parcel.name`, with `{{name}}` filled in and what it is
    /// filled with escaped for HTML; nothing for a key that has no text.
    pub fn html(self, key: &str, arguments: &[(&str, &str)]) -> Option<String> {
        let mut text = escaped(self.text(key)?);
        for (name, value) in arguments {
            text = text.replace(&format!("{{{{{name}}}}}"), &escaped(value));
        }
        Some(text)
    }

    fn text(self, key: &str) -> Option<&'static str> {
        let texts: &'static Value = match self.language {
            Language::Vietnamese => &VIETNAMESE,
            Language::English => &ENGLISH,
        };
        key.split('.')
            .try_fold(texts, |texts, part| texts.get(part))?
            .as_str()
    }

    /// A number as people of the language write it, with at least and at most so many decimals.
    pub fn number(self, value: f64, (least, most): (usize, usize)) -> String {
        let written = format!("{:.most$}", value.abs());
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        let kept = decimals.trim_end_matches('0').len().max(least);
        let decimals = decimals.get(..kept).unwrap_or(decimals);
        let (point, group) = match self.language {
            Language::Vietnamese => (',', '.'),
            Language::English => ('.', ','),
        };
        let mut text = String::from(if value < 0.0 { "-" } else { "" });
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(point);
            text.push_str(decimals);
        }
        text
    }
}

/// Text as it stands in HTML, in an element or between the quotes of an attribute.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    const VI: PageWords = PageWords {
        language: Language::Vietnamese,
    };
    const EN: PageWords = PageWords {
        language: Language::English,
    };

    #[test]
    fn a_sentence_is_filled_in_and_what_fills_it_is_escaped() {
        let arguments = [("number", "12<b>"), ("sheet", "5 & 6")];
        let text = VI.html("parcel.name", &arguments);
        assert_eq!(text.as_deref(), Some("Thửa 12&lt;b&gt;, tờ 5 &amp; 6"));
        let text = EN.html("parcel.name", &arguments);
        assert_eq!(text.as_deref(), Some("Parcel 12&lt;b&gt;, sheet 5 &amp; 6"));
        assert_eq!(VI.html("parcel.unheard", &[]), None);
        assert_eq!(VI.html("parcel", &[]), None);
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!(VI.number(1_234_567.891, (1, 2)), "1.234.567,89");
        assert_eq!(EN.number(1_234_567.0, (1, 2)), "1,234,567.0");
        assert_eq!(EN.number(74.5, (0, 0)), "74");
        assert_eq!(VI.number(999.0, (0, 0)), "999");
        assert_eq!(VI.number(-0.25, (2, 2)), "-0,25");
    }
}
