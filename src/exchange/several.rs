//! Several files imported as one: a number for each feature that is told apart from all others, and
//! the way back to file and number when findings are told.

use super::kept::KeptFeature;
use super::{FeatureNumber, Finding, Wording};

/// Numbers of features within one file are below this, or the file is imported alone.
const PER_FILE: i64 = 1 << 48;

/// At most so many files are one import.
pub const MOST_FILES: usize = 1 << 14;

/// The number of a feature of the file at a place, from 0, among several; nothing when the file
/// counts beyond what there is room for.
pub(super) fn among_several(place: usize, number: i64) -> Option<i64> {
    let place = i64::try_from(place).ok().filter(|_| place < MOST_FILES)?;
    let fits = (0..PER_FILE).contains(&number);
    fits.then(|| (place + 1) * PER_FILE + number)
}

/// Place of the file, from 0, and number in it; nothing for a number that was never among several.
fn apart(number: i64) -> Option<(usize, i64)> {
    let place = usize::try_from(number / PER_FILE).ok()?.checked_sub(1)?;
    Some((place, number % PER_FILE))
}

/// The mark that stands in sentences for a feature of one of several files, until
/// [`Files::name_in`] puts number and file there.
const MARK: (char, char) = ('\u{27e8}', '\u{27e9}');

impl std::fmt::Display for FeatureNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match apart(self.0) {
            None => write!(f, "{}", self.0),
            Some((place, number)) => write!(f, "{}{place}:{number}{}", MARK.0, MARK.1),
        }
    }
}

/// The names of several files, in the order in which their features were numbered.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a>(pub &'a [String]);

impl Files<'_> {
    /// Gives the features of a finding the numbers they have in their files, and names the files.
    pub fn name_in(&self, finding: &mut Finding) {
        let named = |number: &mut Option<i64>| {
            let (place, within) = apart((*number)?)?;
            *number = Some(within);
            self.0.get(place).cloned()
        };
        finding.file = named(&mut finding.feature);
        finding.other_file = named(&mut finding.other_feature);
        for sentence in [&mut finding.reason, &mut finding.remedy] {
            let Wording { vi, en } = sentence;
            *vi = self.spelled_out(vi);
            *en = self.spelled_out(en);
        }
    }

    /// The same for a feature that is kept whole, and the findings kept with it.
    pub fn name_in_kept(&self, kept: &mut KeptFeature) {
        let Some((_, number)) = apart(kept.feature) else {
            return;
        };
        kept.feature = number;
        let findings = serde_json::from_str::<Vec<Finding>>(&kept.findings);
        if let Ok(mut findings) = findings {
            findings.iter_mut().for_each(|f| self.name_in(f));
            kept.findings = serde_json::json!(findings).to_string();
        }
    }

    fn spelled_out(&self, sentence: &str) -> String {
        let mut parts = sentence.split(MARK.0);
        let mut spelled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let marked = part.split_once(MARK.1);
            let feature = marked.and_then(|(mark, rest)| {
                let (place, number) = mark.split_once(':')?;
                let file = self.0.get(place.parse::<usize>().ok()?)?;
                Some((format!("{number} (`{file}`)"), rest))
            });
            match feature {
                Some((feature, rest)) => spelled.extend([feature.as_str(), rest]),
                None => {
                    spelled.push(MARK.0);
                    spelled.push_str(part);
                }
            }
        }
        spelled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::FindingCode;

    #[test]
    fn a_feature_of_one_of_several_files_is_told_by_its_number_and_file() {
        let files = ["a.dgn", "b.dgn"].map(str::to_owned);
        let number = |place, number| among_several(place, number).map(FeatureNumber);
        let (first, second) = (number(0, 7).expect("fits"), number(1, 7).expect("fits"));
        assert_ne!(first, second);
        let (other, area) = (second.to_string(), "0.250".to_owned());
        let values = [("other", &*other), ("area", &area), ("width", "0.050")];
        let mut finding = Finding::warning(FindingCode::Overlap, "sliver", &values)
            .about(first)
            .and(second);
        Files(&files).name_in(&mut finding);
        assert_eq!((finding.feature, finding.other_feature), (Some(7), Some(7)));
        assert_eq!(finding.file.as_deref(), Some("a.dgn"));
        assert_eq!(finding.other_file.as_deref(), Some("b.dgn"));
        assert!(
            finding.reason.en.contains("of feature 7 (`b.dgn`) by"),
            "{}",
            finding.reason.en
        );
    }

    #[test]
    fn a_number_of_the_only_file_stays_and_one_without_room_is_not_given() {
        assert_eq!(FeatureNumber(7).to_string(), "7");
        assert_eq!(FeatureNumber(-1).to_string(), "-1");
        assert_eq!(among_several(0, -1), None);
        assert_eq!(among_several(0, 1 << 48), None);
        assert_eq!(among_several(MOST_FILES, 1), None);
        assert!(among_several(MOST_FILES - 1, (1 << 48) - 1).is_some());
    }

    #[test]
    fn brackets_in_a_value_of_a_file_stay_as_they_are() {
        let files = ["a.dgn".to_owned()];
        for text in [
            "\u{27e8}x\u{27e9}",
            "\u{27e8}9:1\u{27e9}",
            "a\u{27e8}b",
            "\u{27e9}",
        ] {
            assert_eq!(Files(&files).spelled_out(text), text);
        }
    }
}
