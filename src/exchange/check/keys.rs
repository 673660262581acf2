//! Keys: each stands once in a file on any one day, and identifiers have their usual form.

use std::collections::BTreeMap;

use crate::exchange::{Finding, FindingCode, ParcelDraft};

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
                let others = || {
                    members
                        .iter()
                        .filter(|o| draft.feature != o.feature && draft.valid_with(o))
                };
                let Some(other) = others().next() else {
                    continue;
                };
                let count = (others().count() + 1).to_string();
                let values = [("key", key.as_str()), ("count", &count)];
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
