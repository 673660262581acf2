//! A proof judged again: from the ground and the rules that stand in it, by this program.

use super::form::{FORMAT, ProofForm, kinds};
use super::told::told;
use crate::rules::check::{Check, Total};
use crate::rules::pack::Pack;
use crate::rules::read_pack;
use serde_json::Value;
use std::fmt::Display;

/// What is wrong with a proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Something in it is not what stands there in a proof.
    #[error("`{place}`: {reason}")]
    Unreadable {
        /// Where, as a JSON pointer; empty for the whole.
        place: String,
        /// What was found and expected.
        reason: String,
    },
    /// Another format.
    #[error("`{0}` is an unknown format of proofs, expected `{FORMAT}`")]
    UnknownFormat(String),
    /// A kind of rule, or a version of it, that this program does not have.
    #[error(
        "rules of kind `{kind}` were judged by version {version}, which this program does not have"
    )]
    UnknownKind {
        /// Kind.
        kind: String,
        /// The version in the proof.
        version: u32,
    },
    /// A pack is not the one that its hash names.
    #[error("pack `{file}` has hash `{found}`, and the proof names `{expected}`")]
    OtherPack {
        /// File.
        file: String,
        /// Its hash.
        found: String,
        /// The hash in the proof.
        expected: String,
    },
    /// What follows is not what the proof says.
    #[error("`{place}` is `{written}` in the proof and `{found}` when it is judged again")]
    Differs {
        /// Where, as a JSON pointer.
        place: String,
        /// In the proof.
        written: String,
        /// Judged again.
        found: String,
    },
}

impl Flaw {
    pub(super) fn at(place: &str, reason: &dyn Display) -> Self {
        Self::Unreadable {
            place: place.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// A proof that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rechecked {
    /// Day whose rules applied.
    pub day: String,
    /// State of the register.
    pub revision: u64,
    /// Whether the register was made up.
    pub synthetic: bool,
    /// Keys of the parcels.
    pub parcels: Vec<i64>,
    /// The packs: id, version, hash.
    pub packs: Vec<[String; 3]>,
    /// How many limits were judged.
    pub limits: usize,
    /// How many rules were considered for them.
    pub rules: usize,
    /// What followed.
    pub total: Total,
}

/// Judges a proof again, by the rules and on the ground that stand in it.
///
/// That the ground is what the register held, that it held nothing more there, and that the outline
/// on the grid is the one that was drawn cannot be seen from the proof: who signed it answers for that.
///
/// # Errors
/// The first [`Flaw`].
pub fn recheck(proof: &Value) -> Result<Rechecked, Flaw> {
    let format = proof.get("format").and_then(Value::as_str);
    match format {
        Some(FORMAT) => {}
        Some(other) => return Err(Flaw::UnknownFormat(other.to_owned())),
        None => return Err(Flaw::at("/format", &"expected the format of a proof")),
    }
    let form: ProofForm =
        serde::Deserialize::deserialize(proof).map_err(|error| Flaw::at("", &error))?;
    same_kinds(&form)?;
    let packs = packs(&form)?;
    let site = form.site.site(form.day()?)?;
    let proposal = form.proposal.read()?;
    let check = Check::new(&packs, &site, &proposal, &form.stated()?, site.day);
    let check = check.map_err(|error| Flaw::at("/stated", &error))?;
    same("/check", &form.check, &told(&check))?;
    let considered = check.verdicts.iter();
    Ok(Rechecked {
        day: form.day,
        revision: form.revision,
        synthetic: form.synthetic,
        parcels: form.site.parcels.iter().map(|parcel| parcel.id).collect(),
        packs: packs
            .iter()
            .map(|pack| [pack.id.clone(), pack.version.clone(), pack.hash.to_string()])
            .collect(),
        limits: check.verdicts.len(),
        rules: considered
            .map(|verdict| verdict.limit.considered.len())
            .sum(),
        total: check.total,
    })
}

fn same_kinds(form: &ProofForm) -> Result<(), Flaw> {
    let known = kinds();
    for (kind, version) in &form.kinds {
        if known.get(kind) != Some(version) {
            return Err(Flaw::UnknownKind {
                kind: kind.clone(),
                version: *version,
            });
        }
    }
    Ok(())
}

fn packs(form: &ProofForm) -> Result<Vec<Pack>, Flaw> {
    let mut packs = Vec::new();
    for (i, written) in form.packs.iter().enumerate() {
        let place = format!("/packs/{i}/toml");
        let pack = read_pack(&written.file, &written.toml).map_err(|mistakes| {
            let first = mistakes.first();
            let reason = first.map(|mistake| format!("line {}, {}", mistake.line, mistake.code));
            Flaw::at(&place, &reason.unwrap_or_default())
        })?;
        if pack.hash.to_string() != written.hash {
            return Err(Flaw::OtherPack {
                file: written.file.clone(),
                found: pack.hash.to_string(),
                expected: written.hash.clone(),
            });
        }
        for rule in &pack.rules {
            if !form.kinds.contains_key(rule.kind().name) {
                let reason = format!(
                    "no version of `{}`, of which there are rules",
                    rule.kind().name
                );
                return Err(Flaw::at("/kinds", &reason));
            }
        }
        packs.push(pack);
    }
    Ok(packs)
}

/// The first place at which two values differ.
fn same(place: &str, written: &Value, found: &Value) -> Result<(), Flaw> {
    match (written, found) {
        (Value::Object(one), Value::Object(other)) => {
            for name in one.keys().chain(other.keys()) {
                let of = |members: &serde_json::Map<String, Value>| {
                    members.get(name).cloned().unwrap_or(Value::Null)
                };
                same(&format!("{place}/{name}"), &of(one), &of(other))?;
            }
            Ok(())
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.try_for_each(|(i, (one, other))| same(&format!("{place}/{i}"), one, other))
        }
        _ if written == found => Ok(()),
        _ => {
            let short = |value: &Value| value.to_string().chars().take(80).collect();
            Err(Flaw::Differs {
                place: place.to_owned(),
                written: short(written),
                found: short(found),
            })
        }
    }
}
