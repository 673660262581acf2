//! Fingerprints of who a party is: equal parties are found without reading anybody's values.

use crate::cadastre::{PartyKind, PersonalValues};
use crate::evidence::keyed_hash;
use crate::store::codes::Words as _;

/// 128 bits of a keyed hash: enough that no two persons of a city have the same.
pub type Fingerprint = [u8; 16];

/// The fingerprints of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of what tells it apart from everybody: its identity number, whatever its kind; of the name
    /// for an organisation or the State without one. A person without a number has none.
    pub identity: Option<Fingerprint>,
    /// Of kind, number and name.
    pub values: Fingerprint,
}

impl Fingerprints {
    /// The fingerprints of a party of this kind with these values. Spaces and punctuation in a
    /// number, repeated spaces and the case of letters in a name make no difference.
    pub fn of(secret: &[u8], kind: PartyKind, values: &PersonalValues) -> Self {
        let number = values.identity_number.as_deref().map(number_form);
        let number = number.filter(|number| !number.is_empty());
        let name = values.name.as_deref().map(name_form).unwrap_or_default();
        let by_name = matches!(kind, PartyKind::Organisation | PartyKind::State);
        let identity = match &number {
            Some(number) => Some(format!("number\0{number}")),
            None if by_name && !name.is_empty() => Some(format!("{}\0{name}", kind.word())),
            None => None,
        };
        let number = number.unwrap_or_default();
        let values = format!("values\0{}\0{number}\0{name}", kind.word());
        Self {
            identity: identity.map(|text| hashed(secret, &text)),
            values: hashed(secret, &values),
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
    *half
}

fn number_form(number: &str) -> String {
    let kept = number.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_uppercase).collect()
}

fn name_form(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(kind: PartyKind, name: &str, number: &str) -> Fingerprints {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let values = PersonalValues {
            name: text(name),
            identity_number: text(number),
        };
        Fingerprints::of(b"secret", kind, &values)
    }

    #[test]
    fn spelling_of_a_number_and_spaces_of_a_name_make_no_difference() {
        let person = prints(PartyKind::NaturalPerson, "Người Giả Lập", "000 000 000-001");
        let again = prints(PartyKind::NaturalPerson, "NGƯỜI  GIẢ LẬP ", "000000000001");
        assert_eq!(person, again);
        let number = Fingerprints::of_number(b"secret", "000.000.000.001");
        assert_eq!(person.identity, number);
        assert_eq!(Fingerprints::of_number(b"secret", " - "), None);
    }

    #[test]
    fn another_name_or_kind_with_the_same_number_has_the_same_identity_and_other_values() {
        let person = prints(PartyKind::NaturalPerson, "Người Giả Lập", "000000000001");
        let unaccented = prints(PartyKind::NaturalPerson, "Nguoi Gia Lap", "000000000001");
        let household = prints(PartyKind::Household, "Người Giả Lập", "000000000001");
        for other in [unaccented, household] {
            assert_eq!(person.identity, other.identity);
            assert_ne!(person.values, other.values);
        }
    }

    #[test]
    fn only_an_organisation_and_the_state_are_told_apart_by_their_name() {
        for kind in [PartyKind::NaturalPerson, PartyKind::Household] {
            assert_eq!(prints(kind, "Giả Lập", "").identity, None);
        }
        let bank = prints(PartyKind::Organisation, "Giả Lập", "");
        let state = prints(PartyKind::State, "Giả Lập", "");
        assert!(bank.identity.is_some() && bank.identity != state.identity);
    }

    #[test]
    fn another_secret_gives_other_fingerprints() {
        let values = PersonalValues {
            name: None,
            identity_number: Some("000000000001".to_owned()),
        };
        let of = |secret: &[u8]| Fingerprints::of(secret, PartyKind::NaturalPerson, &values);
        assert_ne!(of(b"a").identity, of(b"b").identity);
    }
}
