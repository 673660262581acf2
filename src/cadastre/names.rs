//! Vietnamese names: composed normal form, and folding for search without diacritics.

use unicode_normalization::UnicodeNormalization;

/// The composed normal form (NFC) in which every text is kept.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The text without diacritics, `đ` as `d`; case and everything else as it stands.
pub fn without_diacritics(text: &str) -> String {
    let bare = text.nfd().filter_map(|c| match c {
        'đ' => Some('d'),
        'Đ' => Some('D'),
        c if unicode_normalization::char::is_combining_mark(c) => None,
        c => Some(c),
    });
    bare.nfc().collect()
}

/// Lower case without diacritics, `đ` as `d`, runs of anything but letters and digits as one
/// space: `"P. Bến  Thành"` and `"p ben thanh"` fold to the same text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            'đ' => folded.push('d'),
            c if c.is_alphanumeric() => folded.push(c),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_folds_alike_with_and_without_diacritics_in_any_normal_form() {
        let decomposed: String = "P. Bến  Thành".nfd().collect();
        assert_eq!(fold(&decomposed), "p ben thanh");
        assert_eq!(fold("Đa Kao"), "da kao");
        assert_eq!(fold("  Hoà-Hưng. "), fold("hoa hung"));
    }
}
