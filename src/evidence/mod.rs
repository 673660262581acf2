//! Evidence: canonical bytes, content hashes, hash chains and signed files.
//!
//! May not live here: knowing what is hashed.

/// JSON as one sequence of bytes, whoever writes it.
pub mod canonical;
/// Chains of entries in which none can be changed, dropped or moved unnoticed.
pub mod chain;
/// Signed files.
pub mod envelope;
/// SHA-256 of bytes.
pub mod hash;
/// Hashes under a key.
pub mod keyed;
/// Signatures and their keys.
pub mod signature;

pub use canonical::{NotCanonical, canonical_bytes};
pub use chain::{BrokenChain, ChainLink, chain_start, verify_chain};
pub use envelope::{Envelope, NotAnEnvelope, SignatureState, seal};
pub use hash::{ContentHash, ContentHasher, InvalidHash};
pub use keyed::keyed_hash;
pub use signature::{NotAKey, PublicKey, Signature, SigningKey};
