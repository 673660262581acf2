//! The id of a request: the client's own when it is well formed, else one that we make.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName};

use super::digits;

/// The header that carries it, both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: 1 to 64 letters, digits, `-`, `_` or `.`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

/// Different in every process, so that ids of two servers do not meet in one log.
static PROCESS: LazyLock<String> = LazyLock::new(|| {
    let number = RandomState::new().hash_one(std::process::id());
    format!("{:08x}-", number as u32)
});
static NEXT: AtomicI64 = AtomicI64::new(1);

impl RequestId {
    /// The id in `x-request-id`, if it is well formed, else a new one.
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|text| well_formed(text))
            .map_or_else(Self::made, |text| Self(text.to_owned()))
    }

    /// A new id.
    pub fn made() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut id = PROCESS.clone().into_bytes();
        digits::push_integer(&mut id, number);
        Self(String::from_utf8(id).expect("a text and digits"))
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
