//! Licences and sources of what we depend on.
