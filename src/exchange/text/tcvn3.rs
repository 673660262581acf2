//! TCVN 5712 (TCVN3, "ABC"), the encoding of most cadastral maps before Unicode.

/// Bytes 0x80 to 0xFF: the standard's set VN1. The fonts of the time (`.VnTime`) show the same
/// from 0xA1 on; what they lack are capitals with a tone.
const UPPER_HALF: &str = "\
     ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ\
     ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\
     \u{a0}ĂÂÊÔƠƯĐăâêôơưđẰ\
     \u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴ\
     ẮẦẨẪẤỀặầẩẫấậèỂẻẽ\
     éẹềểễếệìỉỄẾỒĩíịò\
     Ổỏõóọồổỗốộờởỡớợù\
     ỖủũúụừửữứựỳỷỹýỵỐ";

/// Capitals that VN1 puts on control characters.
const LOW_CAPITALS: [(u8, char); 12] = [
    (0x01, 'Ú'),
    (0x02, 'Ụ'),
    (0x04, 'Ừ'),
    (0x05, 'Ử'),
    (0x06, 'Ữ'),
    (0x11, 'Ứ'),
    (0x12, 'Ự'),
    (0x13, 'Ỳ'),
    (0x14, 'Ỷ'),
    (0x15, 'Ỹ'),
    (0x16, 'Ý'),
    (0x17, 'Ỵ'),
];

/// Whether there are control characters that stand for capitals.
pub(super) fn has_low_capitals(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| low_capital(*b).is_some())
}

fn low_capital(byte: u8) -> Option<char> {
    LOW_CAPITALS
        .iter()
        .find(|(b, _)| *b == byte)
        .map(|&(_, c)| c)
}

/// The text; every byte means something.
///
/// The fonts write a capital with a tone as its small letter, shown large by a second font
/// (`.VnTimeH`), so `PH\u{ad}êNG` stands for `PHƯỜNG`. A text in which every letter that has a
/// capital code is one, and a word goes on in capitals after its first letter, is read so.
pub(super) fn decode(bytes: &[u8]) -> String {
    let upper: Vec<char> = UPPER_HALF.chars().collect();
    let text: String = bytes
        .iter()
        .map(|&b| match low_capital(b) {
            Some(capital) => capital,
            None if b < 0x80 => char::from(b),
            None => upper
                .get(usize::from(b - 0x80))
                .copied()
                .unwrap_or('\u{fffd}'),
        })
        .collect();
    if is_in_capitals(&text) {
        text.to_uppercase()
    } else {
        text
    }
}

/// Small letters that could not have been written as capitals: those with a tone.
fn has_tone(c: char) -> bool {
    !c.is_ascii() && !"ăâêôơưđ".contains(c)
}

fn is_in_capitals(text: &str) -> bool {
    let small_by_choice = text.chars().any(|c| c.is_lowercase() && !has_tone(c));
    let goes_on_in_capitals = text
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().skip(1).any(char::is_uppercase));
    !small_by_choice && goes_on_in_capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_letter_of_the_alphabet_has_one_byte() {
        let alphabet = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";
        for letter in alphabet.chars() {
            let found = (0xa1..=0xff_u8)
                .filter(|&b| decode(&[b]) == letter.to_string())
                .count();
            assert_eq!(found, 1, "{letter}");
        }
    }

    #[test]
    fn every_capital_of_the_standard_has_one_byte() {
        let alphabet = "ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ";
        for letter in alphabet.chars() {
            let found = (0..=0xff_u8)
                .filter(|&b| decode(&[b]) == letter.to_string())
                .count();
            assert_eq!(found, 1, "{letter}");
        }
    }

    #[test]
    fn names_of_the_city_are_read() {
        assert_eq!(decode(b"Ph\xad\xeang B\xd5n Th\xb5nh"), "Phường Bến Thành");
        assert_eq!(decode(b"\xa7\xb5 N\xbdng"), "Đà Nẵng");
        assert_eq!(decode(b"Qu\xcbn G\xdf V\xcap"), "Quận Gò Vấp");
    }

    #[test]
    fn a_text_in_the_capital_font_is_read_as_capitals_and_no_other() {
        assert_eq!(decode(b"PH\xa6\xeaNG B\xd5N TH\xb5NH"), "PHƯỜNG BẾN THÀNH");
        assert_eq!(decode(b"B\xb5 R\xdea"), "Bà Rịa");
        assert_eq!(decode(b"B\xb5 C\xe8"), "Bà Cố");
    }
}
