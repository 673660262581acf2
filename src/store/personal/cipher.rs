//! Turning values into ciphertext and back: XChaCha20-Poly1305 with a random nonce, bound to the
//! party and the field, so that no value can be moved to another place.

use crate::cadastre::PartyId;
use crate::store::error::Error;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

/// A key of one party.
pub type Key = [u8; 32];

const NONCE: usize = 24;

/// Random bytes of the system.
pub fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::Unavailable(format!("no random numbers: {e}")))?;
    Ok(bytes)
}

/// The nonce and the ciphertext of a value.
pub fn seal(key: &Key, party: PartyId, field: &str, value: &str) -> Result<Vec<u8>, Error> {
    let nonce: [u8; NONCE] = random()?;
    let place = place(party, field);
    let payload = Payload {
        msg: value.as_bytes(),
        aad: place.as_bytes(),
    };
    let sealed = XChaCha20Poly1305::new(&(*key).into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Refused {
            what: "personal value of party",
            key: party.0.to_string(),
            reason: "a text below 256 GiB".to_owned(),
        })?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// The value of a ciphertext.
pub fn open(key: &Key, party: PartyId, field: &str, sealed: &[u8]) -> Result<String, Error> {
    let corrupt = || Error::corrupt(&format!("party {} {field}", party.0), "its own ciphertext");
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(corrupt)?;
    let place = place(party, field);
    let payload = Payload {
        msg: sealed,
        aad: place.as_bytes(),
    };
    let value = XChaCha20Poly1305::new(&(*key).into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| corrupt())?;
    String::from_utf8(value).map_err(|_| corrupt())
}

fn place(party: PartyId, field: &str) -> String {
    format!("diachinh party {} {field}", party.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_in_its_own_place_only_and_no_two_ciphertexts_are_alike() {
        let key: Key = random().expect("random numbers");
        let sealed = seal(&key, PartyId(1), "name", "Nguyễn Văn A").expect("sealed");
        let again = seal(&key, PartyId(1), "name", "Nguyễn Văn A").expect("sealed");
        assert_ne!(sealed, again);
        let opened = open(&key, PartyId(1), "name", &sealed);
        assert_eq!(opened.expect("opened"), "Nguyễn Văn A");
        assert!(open(&key, PartyId(2), "name", &sealed).is_err());
        assert!(open(&key, PartyId(1), "identity_number", &sealed).is_err());
        assert!(open(&[0; 32], PartyId(1), "name", &sealed).is_err());
        assert!(open(&key, PartyId(1), "name", &sealed[..20]).is_err());
    }
}
