//! Signatures: Ed25519 (RFC 8032), with keys named by their thumbprint (RFC 7638).

use super::ContentHash;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;

/// A key that signs; its bytes are never shown.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// A key with which everybody can check what its owner signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

/// The 64 bytes of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature(ed25519_dalek::Signature);

/// A text that is no key or no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAKey {
    /// Another length, another alphabet, or left-over bits.
    #[error("`{found}` is not base64url without padding of {bytes} bytes")]
    NotBase64 {
        /// Its beginning.
        found: String,
        /// How many bytes it must have.
        bytes: usize,
    },
    /// Bytes that are no point of the curve, or one that signs anything.
    #[error("these 32 bytes are no public key of Ed25519")]
    NoPoint,
}

impl SigningKey {
    /// A new key from the randomness of the operating system.
    ///
    /// # Errors
    /// When the operating system gives none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// Reads what [`Self::secret_text`] wrote.
    ///
    /// # Errors
    /// [`NotAKey`], without a part of the text.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let seed: Result<[u8; 32], NotAKey> = bytes(text);
        let hidden = |_| NotAKey::NotBase64 {
            found: "…".to_owned(),
            bytes: 32,
        };
        let seed = seed.map_err(hidden)?;
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// The secret, for the file that keeps it.
    pub fn secret_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.to_bytes())
    }

    /// The key that checks what this one signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs bytes; the same bytes have the same signature.
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message))
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.public().id())
    }
}

impl PublicKey {
    /// Reads the `x` of a JSON Web Key.
    ///
    /// # Errors
    /// [`NotAKey`] for what is no key, and for the few that would take any signature.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes(text)?);
        let key = key.map_err(|_| NotAKey::NoPoint)?;
        if key.is_weak() {
            return Err(NotAKey::NoPoint);
        }
        Ok(Self(key))
    }

    /// The `x` of its JSON Web Key.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.as_bytes())
    }

    /// Its name: the thumbprint of its JSON Web Key (RFC 7638 with RFC 8037).
    pub fn id(&self) -> String {
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.text());
        URL_SAFE_NO_PAD.encode(ContentHash::of(members.as_bytes()).0)
    }

    /// Whether this key's owner signed the bytes; a signature has one form only.
    pub fn has_signed(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verify_strict(message, &signature.0).is_ok()
    }
}

impl Signature {
    /// Reads a signature.
    ///
    /// # Errors
    /// [`NotAKey`] for another length, another alphabet, padding, or left-over bits.
    pub fn parse(text: &str) -> Result<Self, NotAKey> {
        let bytes = bytes(text)?;
        Ok(Self(ed25519_dalek::Signature::from_bytes(&bytes)))
    }

    /// Its bytes as base64url without padding.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.to_bytes())
    }
}

/// Exactly so many bytes; one text for each.
fn bytes<const N: usize>(text: &str) -> Result<[u8; N], NotAKey> {
    let not_base64 = || NotAKey::NotBase64 {
        found: text.chars().take(100).collect(),
        bytes: N,
    };
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| not_base64())?;
    bytes.try_into().map_err(|_| not_base64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(text: &str) -> Vec<u8> {
        let digits = text.as_bytes().chunks(2);
        let pair = |pair: &[u8]| std::str::from_utf8(pair).map(|p| u8::from_str_radix(p, 16));
        let bytes: Vec<u8> = digits
            .map(|digits| pair(digits).expect("ASCII").expect("hexadecimal"))
            .collect();
        bytes
    }

    #[test]
    fn the_published_examples_have_their_published_signatures() {
        // RFC 8032, 7.1, test 2.
        let seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
        let key = SigningKey::parse(&URL_SAFE_NO_PAD.encode(seed)).expect("a key");
        let public = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        assert_eq!(key.public().text(), URL_SAFE_NO_PAD.encode(public));
        let signature = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        let signed = key.sign(&[0x72]);
        assert_eq!(signed.text(), URL_SAFE_NO_PAD.encode(signature));
        assert!(key.public().has_signed(&[0x72], &signed));
        assert!(!key.public().has_signed(&[0x73], &signed));
        // RFC 8037, A.3.
        let named = PublicKey::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        let id = named.expect("a key").id();
        assert_eq!(id, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_text_has_one_form_and_a_key_that_takes_anything_is_refused() {
        let key = SigningKey::parse(&"A".repeat(43)).expect("a key");
        let text = key.sign(b"x").text();
        assert!(Signature::parse(&text).is_ok());
        assert!(Signature::parse(&format!("{text}=")).is_err());
        assert!(Signature::parse(&text[1..]).is_err());
        // The last digit of 64 bytes has four bits that must be zero.
        let other = format!("{}B", &text[..85]);
        assert!(Signature::parse(&other).is_err());
        let identity = URL_SAFE_NO_PAD.encode([&[1][..], &[0; 31]].concat());
        assert_eq!(PublicKey::parse(&identity), Err(NotAKey::NoPoint));
        assert!(format!("{key:?}").len() < 60);
        assert!(!format!("{key:?}").contains(&key.secret_text()));
    }
}
