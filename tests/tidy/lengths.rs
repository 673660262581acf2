//! First lines and lengths: what a file is for, and that it can be read in one sitting.

use super::assert_kept;
use super::source::{ident, is_punct, rust_files, walk};
use proc_macro2::{Delimiter, TokenTree};

const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;

#[test]
fn the_first_line_of_a_file_is_a_sentence_about_it() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let first = file.text.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        if sentence.len() < 10 || !sentence.ends_with(['.', ':', ',']) && !wraps(&file.text) {
            broken.push(format!("{}: begins `{first}`", file.path));
        }
    }
    assert_kept("a file begins with `//!` and one sentence", &broken);
}

/// Whether the first sentence goes on in the second line.
fn wraps(text: &str) -> bool {
    let second = text.lines().nth(1).unwrap_or_default();
    second
        .strip_prefix("//! ")
        .is_some_and(|rest| !rest.is_empty())
}

#[test]
fn a_file_is_at_most_400_lines_long() {
    let mut broken = Vec::new();
    for file in rust_files() {
        let lines = file.text.lines().count();
        if lines > LINES_OF_A_FILE {
            broken.push(format!("{}: {lines} lines", file.path));
        }
    }
    assert_kept("a file has at most 400 lines", &broken);
}

#[test]
fn a_function_is_at_most_60_lines_long() {
    let mut broken = Vec::new();
    for file in rust_files() {
        walk(&file.tokens(), &mut |tokens| {
            for (i, token) in tokens.iter().enumerate() {
                if ident(Some(token)).as_deref() != Some("fn") {
                    continue;
                }
                let Some(name) = ident(tokens.get(i + 1)) else {
                    continue;
                };
                let lines = lines_until_body_ends(&tokens[i..]);
                if lines > LINES_OF_A_FUNCTION {
                    broken.push(format!("{}: fn {name}: {lines} lines", file.path));
                }
            }
        });
    }
    assert_kept("a function has at most 60 lines", &broken);
}

/// Lines from the first token to the brace that closes the body; 0 without a body.
fn lines_until_body_ends(tokens: &[TokenTree]) -> usize {
    let start = tokens[0].span().start().line;
    for token in tokens {
        match token {
            TokenTree::Group(g) if g.delimiter() == Delimiter::Brace => {
                return g.span_close().end().line + 1 - start;
            }
            other if is_punct(Some(other), ';') => return 0,
            _ => {}
        }
    }
    0
}
