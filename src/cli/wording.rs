//! What a command answers, or says when it fails, in the language that was chosen.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::LazyLock;

use super::error::{Error, to_stdout};
use crate::exchange::Language;

/// A text in English, as the program makes it, and in Vietnamese.
struct Sentence {
    english: Template,
    vietnamese: Template,
}

/// A text as a format string of Rust has it: pieces of text, and between them the names of holes.
struct Template {
    texts: Vec<String>,
    holes: Vec<String>,
}

/// The sentences of `data/messages/failures.toml`, those that say most of their own first, so
/// that a text is read by the one that fits it best.
static SENTENCES: LazyLock<Vec<Sentence>> = LazyLock::new(|| {
    let file = include_str!("../../data/messages/failures.toml");
    let sections: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(file).expect("a test reads the message file that is compiled in");
    let sentences = sections.into_values().flatten();
    let mut sentences: Vec<Sentence> = sentences
        .map(|(english, vietnamese)| Sentence {
            english: Template::read(&english),
            vietnamese: Template::read(&vietnamese),
        })
        .collect();
    let said = |s: &Sentence| s.english.texts.iter().map(String::len).sum::<usize>();
    sentences.sort_by_key(|sentence| std::cmp::Reverse(said(sentence)));
    sentences
});

/// Prints a line of an answer in a language; what has no words in it stays as it is.
///
/// # Errors
/// [`Error::Io`] when standard output is gone.
pub fn answer(line: &str, language: Language) -> Result<(), Error> {
    writeln!(std::io::stdout(), "{}", told(line, language)).map_err(to_stdout)
}

/// An English text in a language; what has no words in that language stays as it is.
///
/// The program makes one text of a failure, which logs keep. In Vietnamese each line is the
/// sentence that it fits, with its values, which may be such texts themselves; a chain of causes
/// is told cause by cause.
pub fn told(text: &str, language: Language) -> String {
    match language {
        Language::English => text.to_owned(),
        Language::Vietnamese => {
            let lines: Vec<String> = text.split('\n').map(line).collect();
            lines.join("\n")
        }
    }
}

fn line(text: &str) -> String {
    if let Some(told) = whole(text) {
        return told;
    }
    for (at, colon) in text.match_indices(": ") {
        if let Some(told) = whole(&text[..at]) {
            return format!("{told}{colon}{}", line(&text[at + colon.len()..]));
        }
    }
    text.to_owned()
}

/// A text that is one sentence from its beginning to its end.
fn whole(text: &str) -> Option<String> {
    SENTENCES.iter().find_map(|sentence| {
        let values = sentence.english.values_in(text)?;
        let told = values.iter().map(|value| line(value)).collect::<Vec<_>>();
        Some(sentence.vietnamese.filled(&sentence.english.holes, &told))
    })
}

impl Template {
    fn read(text: &str) -> Self {
        let (mut texts, mut holes) = (vec![String::new()], Vec::new());
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            if c == '{' && rest.next_if_eq(&'{').is_none() {
                holes.push(rest.by_ref().take_while(|c| *c != '}').collect());
                texts.push(String::new());
                continue;
            }
            if c == '}' {
                // The second of two braces that stand for one.
                rest.next_if_eq(&'}');
            }
            if let Some(text) = texts.last_mut() {
                text.push(c);
            }
        }
        Self { texts, holes }
    }

    /// What stands in the holes of a text that has all the pieces in their order.
    fn values_in<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let (first, others) = self.texts.split_first()?;
        let mut rest = text.strip_prefix(first.as_str())?;
        let Some((last, between)) = others.split_last() else {
            return rest.is_empty().then(Vec::new);
        };
        let mut values = Vec::with_capacity(self.holes.len());
        for piece in between {
            let (value, after) = rest.split_once(piece.as_str())?;
            values.push(value);
            rest = after;
        }
        values.push(rest.strip_suffix(last.as_str())?);
        Some(values)
    }

    /// The text with its holes filled by name, those of one name by their order.
    fn filled(&self, names: &[String], values: &[String]) -> String {
        let mut given: Vec<(&String, &String)> = names.iter().zip(values).collect();
        let mut filled = String::new();
        for (at, text) in self.texts.iter().enumerate() {
            filled.push_str(text);
            let Some(hole) = self.holes.get(at) else {
                continue;
            };
            if let Some(place) = given.iter().position(|(name, _)| *name == hole) {
                filled.push_str(given.remove(place).1);
            }
        }
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_of_a_sentence_have_the_same_holes() {
        for sentence in SENTENCES.iter() {
            let sorted = |template: &Template| {
                // The system's number of an error tells people nothing.
                let mut holes = template.holes.clone();
                holes.retain(|hole| hole != "system_number");
                holes.sort();
                holes
            };
            let said = sentence.english.texts.concat();
            assert_eq!(
                sorted(&sentence.english),
                sorted(&sentence.vietnamese),
                "{said}"
            );
            assert!(
                !sentence.vietnamese.texts.concat().trim().is_empty(),
                "{said}"
            );
            // A sentence of holes alone would fit every text.
            assert!(said.trim().len() > 3, "{said}");
        }
        assert!(SENTENCES.len() > 150);
    }

    #[test]
    fn a_failure_is_told_with_its_values_and_its_causes() {
        for (english, vietnamese) in [
            (
                "`thua.gpkg` cannot be read: No such file or directory (os error 2)",
                "không đọc được `thua.gpkg`: không có tệp hoặc thư mục này",
            ),
            (
                "cannot write `var/x`: Permission denied (os error 13)",
                "không ghi được `var/x`: không có quyền",
            ),
            (
                "the store failed: query failed: attempt to write a readonly database",
                "sổ đăng ký gặp lỗi: truy vấn không thành: cơ sở dữ liệu chỉ cho đọc",
            ),
            (
                "parcel version `7` would have two versions on `2025-07-01`, expected intervals apart",
                "phiên bản thửa đất `7` sẽ có hai phiên bản vào ngày `2025-07-01`, \
                 cần các khoảng tách nhau",
            ),
            (
                "`a` is no pattern of file names, expected one such as `{commune}_{sheet}_{scale}`, \
                 with some text between two values",
                "`a` không phải mẫu tên tệp, cần mẫu như `{commune}_{sheet}_{scale}`, \
                 có ký tự ngăn giữa hai giá trị",
            ),
            ("what nobody wrote down: no", "what nobody wrote down: no"),
            ("", ""),
        ] {
            assert_eq!(told(english, Language::Vietnamese), vietnamese);
            assert_eq!(told(english, Language::English), english);
        }
    }

    #[test]
    fn every_line_of_a_text_is_told_and_unknown_ones_stay() {
        let english = "in the configuration file `x.toml`: TOML parse error at line 3, column 1\n  |\n\
                       3 | listen_on = \"x\"\n  | ^^^^^^^^^\nunknown field `listen_on`, expected one of `a`, `b`";
        let vietnamese = "trong tệp cấu hình `x.toml`: không đọc được TOML ở dòng 3, cột 1\n  |\n\
                          3 | listen_on = \"x\"\n  | ^^^^^^^^^\nkhông có mục `listen_on`, cần một trong: `a`, `b`";
        assert_eq!(told(english, Language::Vietnamese), vietnamese);
    }
}
