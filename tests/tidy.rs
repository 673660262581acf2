//! The laws of the house: room order, owned libraries, first lines, lengths, words, no panics.
//!
//! A law that must yield somewhere yields by a row with its reason, here or in the file of the law.

#[path = "tidy/failures.rs"]
mod failures;
#[path = "tidy/lengths.rs"]
mod lengths;
#[path = "tidy/libraries.rs"]
mod libraries;
#[path = "tidy/messages.rs"]
mod messages;
#[path = "tidy/panics.rs"]
mod panics;
#[path = "tidy/rooms.rs"]
mod rooms;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/words.rs"]
mod words;

/// Fails with one line for each broken law.
fn assert_kept(law: &str, broken: &[String]) {
    assert!(
        broken.is_empty(),
        "{law}; broken {} times:\n{}",
        broken.len(),
        broken.join("\n")
    );
}
