//! Which encoding some bytes look like: a suggestion for people, never acted upon.

use super::Encoding;
use crate::cadastre::names::fold;

/// The encoding in which most words could be Vietnamese, when one stands out among those that can
/// read all the texts; nothing for plain ASCII.
pub fn suggest(texts: &[&[u8]], in_unicode: bool) -> Option<Encoding> {
    let scores = Encoding::ALL.map(|encoding| (score(texts, in_unicode, encoding), encoding));
    let best = scores.iter().max_by_key(|(score, _)| *score)?;
    let rivals = scores.iter().filter(|(score, _)| *score == best.0).count();
    (best.0 > Some(0) && rivals == 1).then_some(best.1)
}

/// The encoding that texts look like, where that is another one than was stated, and in the stated
/// one they cannot be read or hardly are Vietnamese.
pub fn suggest_instead(texts: &[&[u8]], in_unicode: bool, stated: Encoding) -> Option<Encoding> {
    let other = suggest(texts, in_unicode).filter(|other| *other != stated);
    other.filter(|_| score(texts, in_unicode, stated) <= Some(0))
}

/// How Vietnamese texts are in an encoding; nothing when one of them is not in it.
fn score(texts: &[&[u8]], in_unicode: bool, encoding: Encoding) -> Option<i64> {
    let scores = texts.iter().map(|bytes| {
        let text = encoding.decode(bytes, in_unicode).ok()?;
        Some(plausibility(&text))
    });
    scores.sum()
}

/// Words with one toned or hatted vowel group count for, words with several or with letters of
/// other languages against.
fn plausibility(text: &str) -> i64 {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_ascii())
        .map(|word| {
            let folded = fold(word);
            let foreign = !folded.is_ascii() || text.contains('\u{fffd}');
            let tones: usize = word.chars().filter(|c| has_tone(*c)).count();
            let odd = word
                .chars()
                .any(|c| c.is_lowercase() && !c.is_ascii() && !SMALL.contains(c));
            if foreign || odd || tones > 1 { -2 } else { 1 }
        })
        .sum::<i64>()
        - 2 * text
            .chars()
            .filter(|c| !c.is_alphanumeric() && !c.is_ascii())
            .count() as i64
}

const SMALL: &str = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ";

fn has_tone(c: char) -> bool {
    let small = c.to_lowercase().next().unwrap_or(c);
    SMALL.contains(small) && !"ăâđêôơư".contains(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_encoding_is_suggested_only_where_the_stated_one_makes_no_sense() {
        let tcvn3: &[&[u8]] = &[b"Ph\xad\xeang B\xd5n Th\xb5nh", b"\x59\xaan L\xb7ng"];
        let instead = |stated| suggest_instead(tcvn3, false, stated);
        assert_eq!(instead(Encoding::Utf8), Some(Encoding::Tcvn3));
        assert_eq!(instead(Encoding::Tcvn3), None);
        let unicode: &[&[u8]] = &["Phường Bến Thành".as_bytes()];
        assert_eq!(suggest_instead(unicode, false, Encoding::Utf8), None);
        assert_eq!(suggest_instead(&[b"26743"], false, Encoding::Utf8), None);
        let stored: &[&[u8]] = &["Phöôøng Beán Thaønh".as_bytes()];
        let instead = suggest_instead(stored, true, Encoding::Utf8);
        assert_eq!(instead, Some(Encoding::Vni));
    }

    #[test]
    fn each_encoding_is_suggested_for_its_own_bytes() {
        let cases: [(&[u8], Option<Encoding>); 5] = [
            ("Phường Bến Thành".as_bytes(), Some(Encoding::Utf8)),
            (b"Ph\xad\xeang B\xd5n Th\xb5nh", Some(Encoding::Tcvn3)),
            (b"Ph\xf6\xf4\xf8ng Be\xe1n Tha\xf8nh", Some(Encoding::Vni)),
            (
                b"Ph\xfd\xf5\xccng B\xea\xecn Tha\xccnh",
                Some(Encoding::Windows1258),
            ),
            (b"Phuong Ben Thanh", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(suggest(&[bytes], false), expected, "{bytes:x?}");
        }
    }
}
