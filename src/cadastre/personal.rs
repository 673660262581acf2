//! Who a party is, on its way to the store, and what of it makes two parties one.

use super::PartyKind;

/// Who a party is; debug output never shows it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct PersonalValues {
    /// Name.
    pub name: Option<String>,
    /// Identity number.
    pub identity_number: Option<String>,
}

impl std::fmt::Debug for PersonalValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonalValues(..)")
    }
}

/// 128 bits of a keyed hash of who a party is: equal for equal parties, and told from a guess only
/// by who has the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 16]);

impl PersonalValues {
    /// The identity number in capitals, without spaces and punctuation; nothing without any.
    pub fn number_form(&self) -> Option<String> {
        let kept = self.identity_number.iter().flat_map(|text| text.chars());
        let kept = kept.filter(|c| c.is_alphanumeric());
        let number: String = kept.flat_map(char::to_uppercase).collect();
        (!number.is_empty()).then_some(number)
    }

    /// The name in small letters, its words with one space between them.
    fn name_form(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        words.join(" ")
    }

    /// What tells a party apart from everybody: its number, whatever its kind, or the name of an
    /// organisation or the State without one. Nothing tells a person without a number apart.
    pub fn identity_text(&self, kind: PartyKind) -> Option<String> {
        let by_name = match kind {
            PartyKind::Organisation => Some("organisation"),
            PartyKind::State => Some("state"),
            PartyKind::NaturalPerson | PartyKind::Household => None,
        };
        match (self.number_form(), by_name, self.name_form()) {
            (Some(number), ..) => Some(format!("number\0{number}")),
            (None, Some(kind), name) if !name.is_empty() => Some(format!("{kind}\0{name}")),
            _ => None,
        }
    }

    /// All of it: kind, number and name.
    pub fn whole_text(&self, kind: PartyKind) -> String {
        let kind = match kind {
            PartyKind::NaturalPerson => "natural_person",
            PartyKind::Organisation => "organisation",
            PartyKind::Household => "household",
            PartyKind::State => "state",
        };
        let number = self.number_form().unwrap_or_default();
        format!("values\0{kind}\0{number}\0{}", self.name_form())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(name: &str, number: &str) -> PersonalValues {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        PersonalValues {
            name: text(name),
            identity_number: text(number),
        }
    }

    #[test]
    fn debug_output_does_not_show_who_somebody_is() {
        let values = values("Người Giả Lập", "000000000001");
        assert_eq!(format!("{values:?}"), "PersonalValues(..)");
    }

    #[test]
    fn spelling_of_a_number_and_spaces_of_a_name_make_no_difference() {
        let person = values("Người Giả Lập", "000 000 000-001");
        let again = values("NGƯỜI  GIẢ LẬP ", "000000000001");
        let kind = PartyKind::NaturalPerson;
        assert_eq!(person.identity_text(kind), again.identity_text(kind));
        assert_eq!(person.whole_text(kind), again.whole_text(kind));
        assert_eq!(values("", " - ").number_form(), None);
    }

    #[test]
    fn another_name_or_kind_with_the_same_number_has_the_same_identity_and_other_values() {
        let person = values("Người Giả Lập", "000000000001");
        let unaccented = values("Nguoi Gia Lap", "000000000001");
        let (kind, household) = (PartyKind::NaturalPerson, PartyKind::Household);
        assert_eq!(person.identity_text(kind), unaccented.identity_text(kind));
        assert_eq!(person.identity_text(kind), person.identity_text(household));
        assert_ne!(person.whole_text(kind), unaccented.whole_text(kind));
        assert_ne!(person.whole_text(kind), person.whole_text(household));
    }

    #[test]
    fn only_an_organisation_and_the_state_are_told_apart_by_their_name() {
        let named = values("Giả Lập", "");
        for kind in [PartyKind::NaturalPerson, PartyKind::Household] {
            assert_eq!(named.identity_text(kind), None);
        }
        let bank = named.identity_text(PartyKind::Organisation);
        assert!(bank.is_some() && bank != named.identity_text(PartyKind::State));
    }
}
