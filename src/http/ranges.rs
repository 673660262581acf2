//! `Range` of a request for a part of a file (RFC 9110, 14.2): what is none is passed over.

/// Whether a header names parts of a file in bytes. Other units, a part that ends before it begins
/// and numbers that no file reaches are not heard, and the file is sent whole.
pub fn is_range(text: &str) -> bool {
    let parts = text.strip_prefix("bytes=");
    parts.is_some_and(|parts| parts.split(',').all(|part| is_part(part.trim())))
}

fn is_part(text: &str) -> bool {
    let Some((first, last)) = text.split_once('-') else {
        return false;
    };
    match (number(first), number(last)) {
        (Some(first), Some(last)) => first <= last,
        (Some(_), None) => last.is_empty(),
        (None, Some(_)) => first.is_empty(),
        (None, None) => false,
    }
}

fn number(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_ends_before_it_begins_and_another_unit_are_no_range() {
        for (text, good) in [
            ("bytes=0-0", true),
            ("bytes=5-", true),
            ("bytes=-5", true),
            ("bytes=0-1, 5-", true),
            ("bytes=5-2", false),
            ("bytes=0-1,5-2", false),
            ("bytes=", false),
            ("bytes=-", false),
            ("bytes=+1-2", false),
            ("bytes=a-b", false),
            ("bytes=0-99999999999999999999", false),
            ("lines=0-5", false),
            ("0-5", false),
        ] {
            assert_eq!(is_range(text), good, "{text}");
        }
    }
}
