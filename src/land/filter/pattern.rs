//! Patterns of `LIKE`: `%` for any characters, `_` for one, `\` before one that stands for itself.

use super::value::Fold;

/// A pattern, with what it leaves out of account.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    /// Any characters, also none.
    Any,
    /// One character.
    One,
    /// This one.
    Is(char),
}

impl Pattern {
    /// The pattern of a text.
    pub fn read(text: &str, fold: Fold) -> Self {
        let folded = fold.apply(text);
        let mut pieces = Vec::new();
        let mut characters = folded.chars();
        while let Some(c) = characters.next() {
            let piece = match c {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Is(characters.next().unwrap_or('\\')),
                c => Piece::Is(c),
            };
            // Two in a row mean no more than one.
            if piece != Piece::Any || pieces.last() != Some(&Piece::Any) {
                pieces.push(piece);
            }
        }
        Self { pieces }
    }

    /// Whether all of a text, folded as the pattern is, fits. Time is at most proportional to the
    /// product of both lengths.
    pub(super) fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let (mut at, mut piece) = (0, 0);
        // Where the last `%` stands, and up to where it has swallowed so far.
        let mut swallowed: Option<(usize, usize)> = None;
        while let Some(&c) = text.get(at) {
            match self.pieces.get(piece) {
                Some(Piece::Any) => {
                    swallowed = Some((piece, at));
                    piece += 1;
                }
                Some(Piece::One) => (at, piece) = (at + 1, piece + 1),
                Some(Piece::Is(expected)) if *expected == c => (at, piece) = (at + 1, piece + 1),
                _ => {
                    let Some((any, until)) = swallowed else {
                        return false;
                    };
                    swallowed = Some((any, until + 1));
                    (at, piece) = (until + 1, any + 1);
                }
            }
        }
        self.pieces[piece..].iter().all(|p| *p == Piece::Any)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_whole_text_with_wildcards_and_escapes() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("%", "", true),
            ("", "a", false),
            ("Lê%", "Lê Lợi", true),
            ("%Lợi", "Lê Lợi", true),
            ("%ê%i", "Lê Lợi", true),
            ("L_ L_i", "Lê Lợi", true),
            ("L_ L__i", "Lê Lợi", false),
            ("Lê", "Lê Lợi", false),
            ("%ab%ab", "abxabab", true),
            ("%ab%abc", "abxabab", false),
            (r"100\%", "100%", true),
            (r"100\%", "1000", false),
            (r"a\_b", "a_b", true),
            (r"a\_b", "axb", false),
            (r"a\\", r"a\", true),
            (r"a\", r"a\", true),
            ("%%_", "", false),
            ("%%_", "x", true),
        ] {
            let pattern_read = Pattern::read(pattern, Fold::default());
            assert_eq!(pattern_read.fits(text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_of_many_wildcards_ends_soon() {
        let pattern = Pattern::read(&"%a".repeat(2_000), Fold::default());
        assert!(!pattern.fits(&"b".repeat(20_000)));
        assert!(!pattern.fits(&"a".repeat(1_999)));
        assert!(pattern.fits(&"a".repeat(2_000)));
    }
}
