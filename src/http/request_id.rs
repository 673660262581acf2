//! The id of a request: the client's own when it is well formed, else one that we make.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::header::HeaderMap;

/// The id of a request: 1 to 64 letters, digits, `-`, `_` or `.`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

/// Different in every process, so that ids of two servers do not meet in one log.
static PROCESS: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(std::process::id()));
static NEXT: AtomicU64 = AtomicU64::new(1);

impl RequestId {
    /// The id in `x-request-id`, if it is well formed, else a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get("x-request-id")
            .and_then(|value| value.to_str().ok())
            .filter(|text| well_formed(text))
            .map_or_else(Self::made, |text| Self(text.to_owned()))
    }

    /// A new id.
    pub fn made() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(format!("{:08x}-{number:x}", *PROCESS as u32))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn well_formed(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_could_break_a_log_line_is_not_taken_over() {
        for (text, good) in [
            ("a-1_B.2", true),
            ("", false),
            ("a b", false),
            ("a\"", false),
        ] {
            assert_eq!(well_formed(text), good, "{text}");
        }
        assert!(!well_formed(&"a".repeat(65)));
        assert_ne!(RequestId::made(), RequestId::made());
    }
}
