//! Canonical bytes, hashes and the hash chain; knows nothing of what is hashed.
