//! Planning features of a file, read and judged: what goes in, what stays out, what is kept.

use std::collections::BTreeSet;

use super::{PlanGround, StatedFeature, judge};
use crate::exchange::check::{Contacts, Mending};
use crate::exchange::intake::{Read, rejected_keys};
use crate::exchange::{Finding, Note};

/// Planning features of a file, judged.
#[derive(Debug, Default)]
pub struct PlanIntake {
    /// Features the layer of the file has.
    pub read: u64,
    /// Features that go in, in the order of the file.
    pub accepted: Vec<StatedFeature>,
    /// How many features of the file stay out.
    pub rejected: u64,
    /// How many go in with a repaired shape.
    pub repaired: u64,
    /// Everything that was found, by code, then by feature.
    pub findings: Vec<Finding>,
    /// Overlaps too small to be listed.
    pub contacts: Contacts,
    /// Numbers of the features to be kept whole, which are read once more.
    pub to_keep: BTreeSet<i64>,
    /// What there is to know of the file.
    pub notes: Vec<Note>,
}

/// Judges what was read.
pub fn judge_plan(read: Read, ground: &PlanGround, mending: Mending) -> PlanIntake {
    let (keys_out, _) = rejected_keys(&read.findings);
    let judgement = judge(read.features, &keys_out, ground, mending);
    let mut findings = read.findings;
    findings.extend(judgement.findings);
    findings.sort_by_key(|f| (f.code, f.feature, f.other_feature));
    let numbers = judgement.rejected.iter().chain(&judgement.repaired);
    let mut to_keep: BTreeSet<i64> = numbers.map(|number| number.0).collect();
    to_keep.extend(&read.unreadable);
    PlanIntake {
        read: read.elements,
        accepted: judgement.accepted,
        rejected: (judgement.rejected.len() + read.unreadable.len()) as u64,
        repaired: judgement.repaired.len() as u64,
        findings,
        contacts: judgement.contacts,
        to_keep,
        notes: read.notes,
    }
}

impl PlanIntake {
    /// Keys of the rejected features, as findings show them, and whether there are rejected
    /// features without one.
    pub fn rejected_keys(&self) -> (BTreeSet<String>, bool) {
        rejected_keys(&self.findings)
    }

    /// Features of the file that are the part of another one on a further plane.
    pub fn joined(&self) -> u64 {
        let further = self.accepted.iter().map(|f| f.numbers.len() as u64 - 1);
        further.sum()
    }
}
