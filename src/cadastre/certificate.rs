//! The forms of a certificate's serial; an unusual one is a warning, never a rejection.

/// What the serial of a certificate ("số phát hành") looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CertificateForm {
    /// Two letters and six digits, such as `CU 123456`.
    Old,
    /// Two letters and eight digits, such as `AA 01695788`.
    New,
    /// Anything else: older single-letter series exist, and misreadings.
    Unusual,
}

impl CertificateForm {
    /// The form of a serial as printed; letters are A to Z and Đ in upper case, one space may
    /// stand between letters and digits.
    pub fn of(serial: &str) -> Self {
        let trimmed = serial.trim();
        let digits_at = trimmed.find(|c: char| c.is_ascii_digit() || c == ' ');
        let (letters, rest) = trimmed.split_at(digits_at.unwrap_or(trimmed.len()));
        let digits = rest.strip_prefix(' ').unwrap_or(rest);
        let letter = |c: char| c.is_ascii_uppercase() || c == 'Đ';
        let two_letters = letters.chars().count() == 2 && letters.chars().all(letter);
        let all_digits = digits.bytes().all(|b| b.is_ascii_digit());
        match digits.len() {
            6 if two_letters && all_digits => Self::Old,
            8 if two_letters && all_digits => Self::New,
            _ => Self::Unusual,
        }
    }

    /// A serial in its normal form: of a usual one the letters in capitals, a space, the digits;
    /// of any other the text with single spaces. The Icelandic letter that old encodings have for
    /// Đ becomes Đ.
    pub fn normal(serial: &str) -> String {
        let words: Vec<&str> = serial.split_whitespace().collect();
        let upper = words.join(" ").to_uppercase().replace('Ð', "Đ");
        if Self::of(&upper) == Self::Unusual {
            return words.join(" ");
        }
        let solid = upper.replace(' ', "");
        let digits_at = solid.find(|c: char| c.is_ascii_digit());
        let (letters, digits) = solid.split_at(digits_at.unwrap_or(solid.len()));
        format!("{letters} {digits}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_printed_forms_are_known_with_and_without_the_space() {
        for serial in ["CU 123456", "CU123456", "BĐ 987654", " CU 123456 "] {
            assert_eq!(
                CertificateForm::of(serial),
                CertificateForm::Old,
                "{serial}"
            );
        }
        assert_eq!(CertificateForm::of("AA 01695788"), CertificateForm::New);
    }

    #[test]
    fn a_usual_serial_has_one_normal_form_and_another_is_kept() {
        for serial in ["CU 123456", "cu123456", " CU  123456 "] {
            assert_eq!(CertificateForm::normal(serial), "CU 123456");
        }
        assert_eq!(CertificateForm::normal("bÐ987654"), "BĐ 987654");
        assert_eq!(CertificateForm::normal("T  123456"), "T 123456");
    }

    #[test]
    fn other_serials_are_unusual_and_not_refused() {
        for serial in [
            "T 123456",
            "cu 123456",
            "CU 12345",
            "CU  123456",
            "CU 1234567",
            "",
            "12345678",
            "ÂB 123456",
        ] {
            assert_eq!(
                CertificateForm::of(serial),
                CertificateForm::Unusual,
                "{serial}"
            );
        }
    }
}
