//! The way to the permit and the office that decides, as they follow for a proposal.

use super::verdict::Verdict;
use crate::rules::bound::Bound;
use crate::rules::kinds::PermitPath;
use crate::rules::limits::{Considered, Role};

/// Which permit a proposal needs, and who grants it.
#[derive(Debug, Clone)]
pub struct Permit<'p> {
    /// The way; nothing when it is not known.
    pub path: Option<PermitPath>,
    /// Code of the office; nothing when it is not known, or an officer decides.
    pub office: Option<Box<str>>,
    /// Other readings of the law about the office, shown beside it: an officer can hand the case over.
    pub other_readings: Vec<Considered<'p>>,
}

impl<'p> Permit<'p> {
    /// From the verdicts on a proposal.
    pub(super) fn of(verdicts: &[Verdict<'p>]) -> Self {
        let limit = |kind: &str| {
            let mut limits = verdicts.iter().map(|verdict| &verdict.limit);
            limits.find(|limit| limit.quantity.kind.name == kind)
        };
        let path = limit("permit_path").map(|limit| &limit.bound);
        let office = limit("competent_office");
        let others = office.iter().flat_map(|limit| &limit.considered);
        let others = others.filter(|each| each.role == Role::OtherReading);
        Self {
            path: match path {
                Some(Bound::Path(path)) => Some(*path),
                _ => None,
            },
            office: match office.map(|limit| &limit.bound) {
                Some(Bound::Office(office)) => Some(office.clone()),
                _ => None,
            },
            other_readings: others.cloned().collect(),
        }
    }

    /// Whether the building may stand only for a time, or nobody knows how it may stand at all.
    pub(in crate::rules) fn is_open(&self) -> bool {
        matches!(self.path, None | Some(PermitPath::LimitedTerm)) || self.office.is_none()
    }
}
