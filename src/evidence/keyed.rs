//! Keyed hashes: what only somebody with the key can compare with a guess.

use super::ContentHash;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// HMAC-SHA-256 (RFC 2104) of a message under a key of any length.
pub fn keyed_hash(key: &[u8], message: &[u8]) -> ContentHash {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    ContentHash(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples_have_their_published_hashes() {
        // RFC 4231, test cases 2 and 6.
        let short = keyed_hash(b"Jefe", b"what do ya want for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(short.to_string(), expected);
        let long = keyed_hash(
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
        );
        let expected = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
        assert_eq!(long.to_string(), expected);
    }
}
