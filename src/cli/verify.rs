//! `diachinh verify`: evidence checked again, without the server or its data.

use std::path::PathBuf;
use std::process::ExitCode;

use super::error::Error;
use super::wording::answer;
use crate::app::signing::KeySet;
use crate::evidence::envelope::ENVELOPE_LIMIT;
use crate::evidence::{Envelope, PublicKey, SignatureState};
use crate::exchange::Language;
use crate::http::extract::signed;
use crate::rules::built_in_packs;
use crate::rules::proof::{Flaw, Rechecked, recheck};
use serde_json::Value;

/// Checks signed evidence again: whose signature it bears, and, of a check, whether the rules in it,
/// on the ground in it, come to what it says.
///
/// Needs neither the server nor its register. That the register held that ground, and nothing more
/// there, rests on the signature.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  diachinh keys show > keys.json       where the evidence was made
  diachinh verify evidence.json --keys keys.json

Ends with 0 when the evidence holds, with 3 when it does not or nobody known signed it.")]
pub struct Verify {
    /// The evidence, as `POST /v1/checks?f=evidence` or `/v1/parcels/{id}/extract?f=evidence` answers
    /// it.
    file: PathBuf,
    /// Public keys of those whom you believe, as a JWK Set.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

impl Verify {
    /// Checks, and says what holds.
    ///
    /// # Errors
    /// [`Error`] when a file cannot be read.
    pub fn run(&self, language: Language) -> Result<ExitCode, Error> {
        let say = |line: &str| answer(line, language);
        let keys = self.keys()?;
        let bytes = read(&self.file)?;
        let envelope = match Envelope::read(&bytes) {
            Ok(envelope) => envelope,
            Err(error) => {
                say(&format!("NOT EVIDENCE: {error}"))?;
                return Ok(ExitCode::from(Error::FINDINGS));
            }
        };
        let key = &envelope.key;
        let signed = match envelope.signature_state(&keys) {
            SignatureState::Holds => {
                say(&format!("signature holds, key {key}"))?;
                true
            }
            SignatureState::Broken => {
                say(&format!("SIGNATURE BROKEN: key {key} did not sign this"))?;
                return Ok(ExitCode::from(Error::FINDINGS));
            }
            SignatureState::UnknownKey => {
                say(&format!("SIGNER UNKNOWN: key {key} is none of those given"))?;
                false
            }
        };
        let format = envelope.payload.get("format");
        let same = if format.is_some_and(|format| format == signed::FORMAT) {
            extract(&envelope.payload, &say)?
        } else {
            judged(&envelope.payload, &say)?
        };
        Ok(if signed && same {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(Error::FINDINGS)
        })
    }

    fn keys(&self) -> Result<Vec<PublicKey>, Error> {
        let Some(path) = &self.keys else {
            return Ok(Vec::new());
        };
        let text = String::from_utf8_lossy(&read(path)?).into_owned();
        let keys = KeySet::read(&text);
        keys.map_err(|error| Error::Usage(format!("`{}`: {error}", path.display())))
    }
}

/// Judges a check again, and says whether it comes to the same.
fn judged(payload: &Value, say: &impl Fn(&str) -> Result<(), Error>) -> Result<bool, Error> {
    match recheck(payload) {
        Ok(again) => told(&again, say).map(|()| true),
        Err(flaw) => say(&headline(&flaw)).map(|()| false),
    }
}

/// Says what an extract says, and whether it can be one.
fn extract(payload: &Value, say: &impl Fn(&str) -> Result<(), Error>) -> Result<bool, Error> {
    let extract = match signed::read(payload) {
        Ok(extract) => extract,
        Err(error) => return say(&format!("NOT AN EXTRACT: {error}")).map(|()| false),
    };
    let (id, date, revision) = (extract.parcel.id, &extract.date, extract.revision);
    say(&format!(
        "extract of parcel {id} for {date}, of register revision {revision}"
    ))?;
    let lists = &extract.summary;
    say(&format!("concerned: {}", lists.concerned.join(", ")))?;
    say(&format!(
        "not concerned: {}",
        lists.not_concerned.join(", ")
    ))?;
    say(&format!("without data: {}", lists.without_data.join(", ")))?;
    if extract.synthetic {
        say("the register was made up: a demonstration")?;
    }
    say("that the register said this rests on the signature; the area was measured again")?;
    Ok(true)
}

/// A flaw with what it means for the reader.
fn headline(flaw: &Flaw) -> String {
    match flaw {
        Flaw::Differs { .. } => format!("DIFFERS: {flaw}"),
        Flaw::UnknownFormat(_) | Flaw::UnknownKind { .. } => format!("CANNOT BE JUDGED: {flaw}"),
        Flaw::Unreadable { .. } | Flaw::OtherPack { .. } => format!("NOT A PROOF: {flaw}"),
    }
}

fn told(again: &Rechecked, say: &impl Fn(&str) -> Result<(), Error>) -> Result<(), Error> {
    let Rechecked {
        limits,
        rules,
        day,
        revision,
        ..
    } = again;
    let total = again.total.as_str();
    say(&format!("judged again, the same: {total}"))?;
    say(&format!(
        "{limits} limits, {rules} rules considered, filed {day}"
    ))?;
    let parcels: Vec<String> = again.parcels.iter().map(ToString::to_string).collect();
    let parcels = parcels.join(", ");
    say(&format!(
        "parcels {parcels} of register revision {revision}"
    ))?;
    if again.synthetic {
        say("the register was made up: a demonstration")?;
    }
    let known = built_in_packs().unwrap_or_default();
    for [id, version, hash] in &again.packs {
        let is_own = known.iter().any(|pack| pack.hash.to_string() == *hash);
        if is_own {
            say(&format!("pack {id} {version}, as this program has it"))?;
        } else {
            say(&format!(
                "pack {id} {version}, another text than this program has: {hash}"
            ))?;
        }
    }
    say(
        "that the register held this ground and nothing more there, and that the outline is the \
         one that was drawn, rests on the signature",
    )
}

/// A file, as far as evidence may be large.
fn read(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    use std::io::Read as _;
    let io = |source| Error::Io {
        what: format!("cannot read `{}`", path.display()),
        source,
    };
    let file = std::fs::File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    let limit = ENVELOPE_LIMIT as u64 + 1;
    file.take(limit).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}
