//! Some of the texts of a source, to tell when they look like another encoding than was stated.

use super::columns::Columns;
use crate::exchange::Note;
use crate::exchange::source::{RawFeature, Value};
use crate::exchange::text::{Encoding, suggest_instead};

/// So many texts are enough to tell an encoding.
const ENOUGH: usize = 500;

/// Texts that are not plain ASCII, as the source has them.
#[derive(Debug, Default)]
pub(super) struct Sample(Vec<Vec<u8>>);

impl Sample {
    /// Takes the texts of some fields of a feature.
    pub fn take(&mut self, feature: &RawFeature, fields: impl Iterator<Item = usize>) {
        if self.0.len() >= ENOUGH {
            return;
        }
        for field in fields {
            if let Some(Value::Text(raw)) = feature.values.get(field)
                && !raw.0.is_ascii()
                && !self.0.contains(&raw.0)
            {
                self.0.push(raw.0.clone());
            }
        }
    }

    /// Says which encoding the texts look like, when they hardly are in the stated one.
    pub fn note(&self, columns: &Columns) -> Option<Note> {
        let texts: Vec<&[u8]> = self.0.iter().map(Vec::as_slice).collect();
        let (stated, in_unicode) = columns.encoding();
        let likely = suggest_instead(&texts, in_unicode, stated)?;
        let (likely, stated) = (likely.to_string(), Encoding::to_string(&stated));
        let values = [("likely", likely.as_str()), ("stated", &stated)];
        Some(Note::new("other_encoding", &values))
    }
}
