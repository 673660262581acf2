//! Fingerprints of who a party is: equal parties are found without reading anybody's values.

use crate::cadastre::{Fingerprint, PartyKind, PersonalValues};
use crate::evidence::keyed_hash;

/// The fingerprints of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of what tells it apart from everybody, if anything does.
    pub identity: Option<Fingerprint>,
    /// Of kind, number and name.
    pub values: Fingerprint,
}

impl Fingerprints {
    /// The fingerprints of a party of this kind with these values, under a secret.
    pub fn of(secret: &[u8], kind: PartyKind, values: &PersonalValues) -> Self {
        let identity = values.identity_text(kind);
        Self {
            identity: identity.map(|text| hashed(secret, &text)),
            values: hashed(secret, &values.whole_text(kind)),
        }
    }

    /// The fingerprint of an identity number.
    pub fn of_number(secret: &[u8], number: &str) -> Option<Fingerprint> {
        let values = PersonalValues {
            name: None,
            identity_number: Some(number.to_owned()),
        };
        Self::of(secret, PartyKind::NaturalPerson, &values).identity
    }
}

fn hashed(secret: &[u8], text: &str) -> Fingerprint {
    let hash = keyed_hash(secret, text.as_bytes()).0;
    let (half, _) = hash
        .split_first_chunk()
        .expect("a hash has 32 bytes, more than a fingerprint");
    Fingerprint(*half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_secret_gives_other_fingerprints() {
        let of = |secret: &[u8]| Fingerprints::of_number(secret, "000 000 000 001");
        assert_eq!(of(b"a"), Fingerprints::of_number(b"a", "000000000001"));
        assert_ne!(of(b"a"), of(b"b"));
    }

    #[test]
    fn the_fingerprint_of_a_number_is_that_of_everybody_with_it() {
        let values = PersonalValues {
            name: Some("Hộ Giả Lập".to_owned()),
            identity_number: Some("000000000001".to_owned()),
        };
        let prints = Fingerprints::of(b"a", PartyKind::Household, &values);
        assert_eq!(
            prints.identity,
            Fingerprints::of_number(b"a", "000000000001")
        );
        assert_ne!(prints.identity, Some(prints.values));
    }
}
