//! Which encoding some bytes look like: a suggestion for people, never acted upon.

use super::Encoding;
use crate::cadastre::names::fold;

/// The encoding in which most words could be Vietnamese, when one stands out among those that can
/// read all the texts; nothing for plain ASCII.
pub fn suggest(texts: &[&[u8]], in_unicode: bool) -> Option<Encoding> {
    let scores = Encoding::ALL.map(|encoding| {
        let mut total = 0;
        for bytes in texts {
            match encoding.decode(bytes, in_unicode) {
                Ok(text) => total += plausibility(&text),
                Err(_) => return (i64::MIN, encoding),
            }
        }
        (total, encoding)
    });
    let best = scores.iter().max_by_key(|(score, _)| *score)?;
    let rivals = scores.iter().filter(|(score, _)| *score == best.0).count();
    (best.0 > 0 && rivals == 1).then_some(best.1)
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
