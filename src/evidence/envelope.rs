//! A signed file: what was said, who signed it, and nothing that the signature does not hold.

use super::canonical::{NotCanonical, canonical_bytes};
use super::signature::{PublicKey, Signature, SigningKey};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The largest file that is read, in bytes.
pub const ENVELOPE_LIMIT: usize = 32 << 20;

/// A file whose form is right; whether its signature holds is asked for with keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// What was said.
    pub payload: Value,
    /// The key that is said to have signed it.
    pub key: String,
    signature: Signature,
    signed: Vec<u8>,
}

/// A file that is no signed file.
#[derive(Debug, thiserror::Error)]
pub enum NotAnEnvelope {
    /// Larger than [`ENVELOPE_LIMIT`].
    #[error("the file has {0} bytes, expected {ENVELOPE_LIMIT} at most")]
    TooLarge(usize),
    /// Not JSON, or other members.
    #[error("the file is no signed file: {0}")]
    OtherForm(#[from] serde_json::Error),
    /// Another format.
    #[error("`{0}` is an unknown format, expected `{FORMAT}`")]
    UnknownFormat(String),
    /// The bytes are not the canonical ones (RFC 8785): the first that differs.
    #[error("byte {0} is not the one of the canonical form (RFC 8785)")]
    NotCanonical(usize),
    /// A number that readers would disagree about, or a fraction.
    #[error(transparent)]
    Number(#[from] NotCanonical),
    /// The signature is not written as one.
    #[error("the signature: {0}")]
    NoSignature(#[from] super::signature::NotAKey),
}

/// What a signature says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureState {
    /// The key named in it signed these bytes.
    Holds,
    /// The key named in it did not sign these bytes.
    Broken,
    /// The key named in it is none of those given.
    UnknownKey,
}

const FORMAT: &str = "diachinh-signed/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    key: String,
    payload: Value,
    signature: String,
}

/// Signs a payload: the bytes of the file.
///
/// # Errors
/// [`NotCanonical`] when the payload has no canonical form.
pub fn seal(key: &SigningKey, payload: Value) -> Result<Vec<u8>, NotCanonical> {
    let id = key.public().id();
    let signature = key.sign(&signed_bytes(&id, &payload)?).text();
    canonical_bytes(&Written {
        format: FORMAT.to_owned(),
        key: id,
        payload,
        signature,
    })
}

/// What is signed: the format and the key's name too, so that neither can be exchanged.
fn signed_bytes(key: &str, payload: &Value) -> Result<Vec<u8>, NotCanonical> {
    let mut bytes = format!("{FORMAT}\n{key}\n").into_bytes();
    bytes.extend(canonical_bytes(payload)?);
    Ok(bytes)
}

impl Envelope {
    /// Reads the bytes of a file; there is one sequence of bytes for each file, and every other is
    /// refused.
    ///
    /// # Errors
    /// [`NotAnEnvelope`], with what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAnEnvelope> {
        if bytes.len() > ENVELOPE_LIMIT {
            return Err(NotAnEnvelope::TooLarge(bytes.len()));
        }
        let written: Written = serde_json::from_slice(bytes)?;
        if written.format != FORMAT {
            return Err(NotAnEnvelope::UnknownFormat(written.format));
        }
        let canonical = canonical_bytes(&written)?;
        if canonical != bytes {
            let pairs = canonical.iter().zip(bytes);
            let same = pairs.take_while(|(one, other)| one == other).count();
            return Err(NotAnEnvelope::NotCanonical(same));
        }
        Ok(Self {
            signature: Signature::parse(&written.signature)?,
            signed: signed_bytes(&written.key, &written.payload)?,
            payload: written.payload,
            key: written.key,
        })
    }

    /// Whether one of these keys signed it.
    pub fn signature_state(&self, keys: &[PublicKey]) -> SignatureState {
        match keys.iter().find(|key| key.id() == self.key) {
            None => SignatureState::UnknownKey,
            Some(key) if key.has_signed(&self.signed, &self.signature) => SignatureState::Holds,
            Some(_) => SignatureState::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(letter: &str) -> SigningKey {
        SigningKey::parse(&letter.repeat(43).replace('B', "A")).expect("a key")
    }

    fn sealed() -> Vec<u8> {
        seal(&key("A"), json!({ "said": ["Bến Thành", 12, null] })).expect("canonical")
    }

    #[test]
    fn what_was_sealed_is_read_and_held_by_its_own_key_only() {
        let envelope = Envelope::read(&sealed()).expect("an envelope");
        assert_eq!(envelope.payload["said"][0], "Bến Thành");
        let (own, other) = (key("A").public(), key("Q").public());
        let both = [other, own];
        assert_eq!(envelope.signature_state(&both), SignatureState::Holds);
        assert_eq!(
            envelope.signature_state(&[other]),
            SignatureState::UnknownKey
        );
        assert_eq!(envelope.signature_state(&[]), SignatureState::UnknownKey);
    }

    #[test]
    fn every_flipped_bit_is_caught() {
        let sealed = sealed();
        let keys = [key("A").public()];
        for place in 0..sealed.len() {
            for bit in 0..8 {
                let mut flipped = sealed.clone();
                flipped[place] ^= 1 << bit;
                let read = Envelope::read(&flipped);
                let state = read.map(|envelope| envelope.signature_state(&keys));
                assert!(!matches!(state, Ok(SignatureState::Holds)), "{place} {bit}");
            }
        }
    }

    #[test]
    fn another_form_of_the_same_file_is_refused_with_the_place() {
        let text = String::from_utf8(sealed()).expect("UTF-8");
        let spaced = text.replacen(':', ": ", 1);
        let place = spaced.find(' ').expect("a space");
        assert!(matches!(
            Envelope::read(spaced.as_bytes()),
            Err(NotAnEnvelope::NotCanonical(at)) if at == place
        ));
        let more = text.replacen('{', r#"{"comment":"","#, 1);
        assert!(matches!(
            Envelope::read(more.as_bytes()),
            Err(NotAnEnvelope::OtherForm(_))
        ));
        let longer = format!("{text}\n");
        assert!(Envelope::read(longer.as_bytes()).is_err());
        let other = text.replace("signed/1", "signed/2");
        assert!(matches!(
            Envelope::read(other.as_bytes()),
            Err(NotAnEnvelope::UnknownFormat(format)) if format == "diachinh-signed/2"
        ));
    }
}
