//! VNI for Windows: a letter, then a second character that carries circumflex, breve and tone.

/// Tones in the order in which the tables below list them.
const TONES: [&str; 6] = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];

/// Second characters that carry only a tone: acute, grave, hook, tilde, dot.
const PLAIN: &str = "ùøûõï";
/// Second characters that carry a circumflex, and a tone after the first.
const CIRCUMFLEX: &str = "âáàåãä";
/// Second characters that carry a breve, and a tone after the first; after `a` only.
const BREVE: &str = "êéèúüë";

/// Characters that stand alone, with the letter and tone they mean.
const ALONE: [(char, &str); 9] = [
    ('ô', "ơ"),
    ('ö', "ư"),
    ('ñ', "đ"),
    ('í', "í"),
    ('ì', "ì"),
    ('æ', "ỉ"),
    ('ó', "ĩ"),
    ('ò', "ị"),
    ('î', "ỵ"),
];

/// The text in Unicode, decomposed; nothing when a byte means nothing where it stands.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let shown = encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0;
    let mut text = String::with_capacity(shown.len());
    let mut characters = shown.chars().peekable();
    while let Some(c) = characters.next() {
        let small = lowered(c);
        let letter = match ALONE.iter().find(|(alone, _)| *alone == small) {
            Some((_, meant)) if c == small => (*meant).to_owned(),
            Some((_, meant)) => meant.to_uppercase(),
            None if c.is_ascii() || "“”‘’–—…°²³\u{a0}".contains(c) => {
                c.to_string()
            }
            None => return None,
        };
        text.push_str(&letter);
        if let Some(marks) = characters.peek().and_then(|&m| marks_of(small, lowered(m))) {
            text.push_str(&marks);
            characters.next();
        }
    }
    Some(text)
}

fn lowered(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// The combining marks that a second character puts on a letter, if it may follow it.
fn marks_of(letter: char, second: char) -> Option<String> {
    let at = |table: &str| table.chars().position(|c| c == second);
    if "aeouyôö".contains(letter)
        && let Some(tone) = at(PLAIN)
    {
        return Some(TONES[tone + 1].to_owned());
    }
    if "aeo".contains(letter)
        && let Some(tone) = at(CIRCUMFLEX)
    {
        return Some(format!("\u{302}{}", TONES[tone]));
    }
    if letter == 'a'
        && let Some(tone) = at(BREVE)
    {
        return Some(format!("\u{306}{}", TONES[tone]));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cadastre::names::nfc;

    fn read(shown: &str) -> Option<String> {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(shown);
        decode(&bytes).map(|t| nfc(&t))
    }

    const SMALL: [(&str, &str); 12] = [
        ("a aù aø aû aõ aï", "a á à ả ã ạ"),
        ("aâ aá aà aå aã aä", "â ấ ầ ẩ ẫ ậ"),
        ("aê aé aè aú aü aë", "ă ắ ằ ẳ ẵ ặ"),
        ("e eù eø eû eõ eï", "e é è ẻ ẽ ẹ"),
        ("eâ eá eà eå eã eä", "ê ế ề ể ễ ệ"),
        ("i í ì æ ó ò", "i í ì ỉ ĩ ị"),
        ("o où oø oû oõ oï", "o ó ò ỏ õ ọ"),
        ("oâ oá oà oå oã oä", "ô ố ồ ổ ỗ ộ"),
        ("ô ôù ôø ôû ôõ ôï", "ơ ớ ờ ở ỡ ợ"),
        ("u uù uø uû uõ uï", "u ú ù ủ ũ ụ"),
        ("ö öù öø öû öõ öï ñ", "ư ứ ừ ử ữ ự đ"),
        ("y yù yø yû yõ î", "y ý ỳ ỷ ỹ ỵ"),
    ];

    #[test]
    fn every_letter_of_the_alphabet_is_read_small_and_as_a_capital() {
        for (vni, unicode) in SMALL {
            assert_eq!(read(vni).as_deref(), Some(unicode));
            assert_eq!(
                read(&vni.to_uppercase()),
                Some(unicode.to_uppercase()),
                "{vni}"
            );
        }
    }

    #[test]
    fn names_of_the_city_are_read() {
        assert_eq!(
            read("Phöôøng Beán Thaønh").as_deref(),
            Some("Phường Bến Thành")
        );
        assert_eq!(read("ÑAØ NAÜNG").as_deref(), Some("ĐÀ NẴNG"));
        assert_eq!(read("Nguyeãn Thò Ñònh").as_deref(), Some("Nguyễn Thị Định"));
    }

    #[test]
    fn a_mark_after_a_letter_that_takes_none_is_refused() {
        assert_eq!(read("bù"), None);
        assert_eq!(read("ê"), None);
    }
}
