//! The place where the next page begins, as text: state, day, last key, and a sum over the question.

use crate::app::items::PageStart;
use crate::cadastre::{Day, Revision};
use crate::evidence::ContentHash;

/// The text of a place: `revision.day.key.sum`. `question` is everything that decides which items
/// there are; the sum makes sure that a cursor goes on with the question it was made for.
pub fn write(start: &PageStart, question: &str) -> String {
    let PageStart {
        revision,
        date,
        after,
    } = start;
    let sum = sum(start, question);
    format!("{}.{}.{after}.{sum}", revision.0, date.0)
}

/// The place that a text names; nothing for a text that was not made for this question.
pub fn read(text: &str, question: &str) -> Option<PageStart> {
    let mut parts = text.split('.');
    let start = PageStart {
        revision: Revision(parts.next()?.parse().ok()?),
        date: Day(parts.next()?.parse().ok()?),
        after: parts.next()?.parse().ok()?,
    };
    let whole = write(&start, question) == text;
    whole.then_some(start)
}

fn sum(start: &PageStart, question: &str) -> String {
    let place = format!("{} {} {}", start.revision.0, start.date.0, start.after);
    let hash = ContentHash::of(format!("{place}\0{question}").as_bytes());
    hash.0[..8].iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_for_its_own_question_only_and_untouched_only() {
        let start = PageStart {
            revision: Revision(7),
            date: Day(20_000),
            after: 4711,
        };
        let text = write(&start, "parcels bbox=1");
        assert_eq!(read(&text, "parcels bbox=1"), Some(start));
        assert_eq!(read(&text, "parcels bbox=2"), None);
        for changed in [
            text.replace("4711", "4712"),
            text.replace("7.", "07."),
            format!("{text}."),
            String::new(),
        ] {
            assert_eq!(read(&changed, "parcels bbox=1"), None, "{changed}");
        }
    }
}
