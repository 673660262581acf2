//! Findings of one kind told together: how many, some of them with their places, what would mend
//! them.

use crate::exchange::{Finding, FindingCode, Severity};

/// Findings of a group that are told one by one; all of them stand in the other forms.
pub(super) const TOLD: usize = 5;

/// Findings that are of one code and weight and are mended in one way.
pub(super) struct Group<'a> {
    pub code: FindingCode,
    pub severity: Severity,
    pub findings: Vec<&'a Finding>,
}

/// Findings sorted into groups, in the order in which a first one of each occurs.
pub(super) fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let alike = |group: &&mut Group<'_>| {
            (group.code, group.severity) == (finding.code, finding.severity)
                && group
                    .findings
                    .first()
                    .is_some_and(|f| f.remedy == finding.remedy)
        };
        match groups.iter_mut().rev().find(alike) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                code: finding.code,
                severity: finding.severity,
                findings: vec![finding],
            }),
        }
    }
    groups
}
