//! Legal provisions of a feature as one text: a JSON list, as exports write it.

use serde::{Deserialize, Serialize};

use crate::cadastre::Day;
use crate::planning::LegalProvision;

/// What the text must be, for findings.
pub(super) const FORM: &str =
    r#"a JSON list such as [{"act":"12/QĐ-UBND","article":"3","dated":"2024-05-01","link":"…"}]"#;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    act: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dated: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

/// The text of provisions; nothing for none.
pub fn write(provisions: &[LegalProvision]) -> Option<String> {
    let written: Vec<Written> = provisions
        .iter()
        .map(|provision| Written {
            act: provision.act.clone(),
            article: provision.article.clone(),
            dated: provision.dated.map(|day| day.to_string()),
            link: provision.link.clone(),
        })
        .collect();
    (!written.is_empty())
        .then(|| serde_json::to_string(&written).expect("a list of texts is always JSON"))
}

/// The provisions of a text; nothing when it is no such list.
pub fn read(text: &str) -> Option<Vec<LegalProvision>> {
    let written: Vec<Written> = serde_json::from_str(text).ok()?;
    let provision = |written: Written| {
        let dated = written.dated.map(|text| Day::parse(&text)).transpose();
        Some(LegalProvision {
            act: Some(written.act).filter(|act| !act.trim().is_empty())?,
            article: written.article,
            dated: dated.ok()?,
            link: written.link,
        })
    };
    written.into_iter().map(provision).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provisions_come_back_from_their_text_and_none_have_no_text() {
        let full = LegalProvision {
            act: "56/2021/QĐ-UBND".to_owned(),
            article: Some("Điều 7, \"khoản 2\"".to_owned()),
            dated: Day::from_ymd(2021, 12, 28),
            link: Some("https://example.org/56".to_owned()),
        };
        let bare = LegalProvision {
            act: "1/QĐ".to_owned(),
            article: None,
            dated: None,
            link: None,
        };
        let both = [full, bare];
        let text = write(&both).expect("there are some");
        assert_eq!(read(&text).as_deref(), Some(both.as_slice()));
        assert_eq!(write(&[]), None);
    }

    #[test]
    fn a_text_that_is_no_list_of_acts_is_not_read_in_part() {
        for text in [
            "56/2021",
            "{}",
            r#"[{"article":"1"}]"#,
            r#"[{"act":" "}]"#,
            r#"[{"act":"1","dated":"2021-02-30"}]"#,
            r#"[{"act":"1","artcle":"2"}]"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
