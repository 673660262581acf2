//! SHA-256 content hashes, at once or piece by piece.

use sha2::{Digest, Sha256};

/// The SHA-256 hash of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

/// A text that is not a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a content hash, expected 64 hexadecimal digits")]
pub struct InvalidHash(pub String);

impl ContentHash {
    /// The hash of bytes that are all at hand.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 hexadecimal digits.
    ///
    /// # Errors
    /// [`InvalidHash`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidHash> {
        let invalid = || InvalidHash(text.to_owned());
        let digits: Option<Vec<u8>> = text
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect();
        let digits = digits.filter(|d| d.len() == 64).ok_or_else(invalid)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair[0] << 4 | pair[1];
        }
        Ok(Self(bytes))
    }
}

impl std::fmt::Display for ContentHash {
    /// 64 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let halves = self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let text: String = halves
            .map(|half| char::from(DIGITS[usize::from(half)]))
            .collect();
        f.write_str(&text)
    }
}

/// Hashes bytes that come piece by piece; where one piece ends does not matter.
#[derive(Debug, Clone, Default)]
pub struct ContentHasher(Sha256);

impl ContentHasher {
    /// Nothing hashed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes added.
    pub fn finish(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4 example: SHA-256 of `abc`.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_published_example_has_its_published_hash_in_one_piece_or_three() {
        assert_eq!(ContentHash::of(b"abc").to_string(), ABC);
        let mut hasher = ContentHasher::new();
        for piece in [b"a", b"b", b"c"] {
            hasher.update(piece);
        }
        assert_eq!(hasher.finish().to_string(), ABC);
    }

    #[test]
    fn a_hash_reads_back_and_a_text_of_another_length_or_alphabet_does_not() {
        assert_eq!(ContentHash::parse(ABC), Ok(ContentHash::of(b"abc")));
        assert_eq!(
            ContentHash::parse(&ABC.to_uppercase()),
            Ok(ContentHash::of(b"abc"))
        );
        for text in ["", &ABC[1..], &ABC.replace('b', "g"), &format!("{ABC}0")] {
            assert!(ContentHash::parse(text).is_err(), "{text}");
        }
    }
}
