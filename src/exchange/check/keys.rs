//! Keys: each stands once in a file on any one day, and identifiers have their usual form.

use std::collections::BTreeMap;

use crate::exchange::{FeatureNumber, Finding, FindingCode, ParcelDraft};

/// One rejection for every draft whose key on the map, or whose national identifier, another
/// draft of the file has on the same day. Versions of one parcel that follow each other in valid
/// time are a history, not duplicates.
pub fn duplicates(drafts: &[ParcelDraft]) -> Vec<Finding> {
    let by_key = grouped(drafts, |d| Some(d.as_map.to_string()));
    let by_identifier = grouped(drafts, |d| {
        d.national_identifier
            .as_ref()
            .map(|i| i.as_str().to_owned())
    });
    let mut findings = Vec::new();
    for (groups, case) in [(by_key, "always"), (by_identifier, "national_identifier")] {
        for (key, members) in groups {
            for draft in &members {
                let others = members.iter();
                let others: Vec<_> = others
                    .filter(|o| draft.feature != o.feature && draft.valid_with(o))
                    .collect();
                let Some(other) = others.first() else {
                    continue;
                };
                let count = (others.len() + 1).to_string();
                let numbers = listed(others.iter().map(|o| o.feature));
                let values = [
                    ("key", key.as_str()),
                    ("count", &count),
                    ("others", &numbers),
                ];
                findings.push(
                    Finding::rejection(FindingCode::DuplicateKey, case, &values)
                        .about(draft.feature)
                        .and(other.feature)
                        .with_key(&draft.as_map),
                );
            }
        }
    }
    findings
}

/// A warning for every national identifier that is not twelve digits.
pub fn unusual_identifiers(drafts: &[ParcelDraft]) -> Vec<Finding> {
    let unusual = |draft: &ParcelDraft| {
        let identifier = draft.national_identifier.as_ref()?;
        let values = [("value", identifier.as_str())];
        let warned = || {
            Finding::warning(FindingCode::UnusualIdentifier, "", &values)
                .about(draft.feature)
                .with_key(&draft.as_map)
        };
        (!identifier.is_usual()).then(warned)
    };
    drafts.iter().filter_map(unusual).collect()
}

/// The first of some numbers of features, as a sentence lists them.
fn listed(features: impl Iterator<Item = FeatureNumber>) -> String {
    const SHOWN: usize = 5;
    let numbers: Vec<String> = features.map(|feature| feature.to_string()).collect();
    let more = if numbers.len() > SHOWN { ", …" } else { "" };
    let shown = &numbers[..numbers.len().min(SHOWN)];
    format!("{}{more}", shown.join(", "))
}

fn grouped(
    drafts: &[ParcelDraft],
    key: impl Fn(&ParcelDraft) -> Option<String>,
) -> BTreeMap<String, Vec<&ParcelDraft>> {
    let mut groups: BTreeMap<String, Vec<&ParcelDraft>> = BTreeMap::new();
    for draft in drafts {
        if let Some(key) = key(draft) {
            groups.entry(key).or_default().push(draft);
        }
    }
    groups.retain(|_, members| members.len() > 1);
    groups
}
