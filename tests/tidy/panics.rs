//! What a release may not do: panic on purpose, print past the log, leave work half said.

use super::assert_kept;
use super::source::{ident, is_punct, rust_files, text_files, walk};
use proc_macro2::TokenTree;

const FORBIDDEN_MACROS: [&str; 4] = ["panic", "todo", "unimplemented", "dbg"];
const FORBIDDEN_CALLS: [&str; 2] = ["unwrap", "unwrap_err"];

#[test]
fn a_release_has_no_unwrap_and_no_panic() {
    let mut broken = Vec::new();
    for file in rust_files() {
        walk(&file.shipped_tokens(), &mut |tokens| {
            for (i, token) in tokens.iter().enumerate() {
                let Some(name) = ident(Some(token)) else {
                    continue;
                };
                let line = token.span().start().line;
                let call = i > 0 && is_punct(tokens.get(i - 1), '.');
                if call && FORBIDDEN_CALLS.contains(&name.as_str()) {
                    broken.push(format!("{}:{line}: .{name}()", file.path));
                }
                let invoked = is_punct(tokens.get(i + 1), '!') && !is_punct(tokens.get(i + 2), '=');
                if invoked && FORBIDDEN_MACROS.contains(&name.as_str()) {
                    broken.push(format!("{}:{line}: {name}!", file.path));
                }
                if call && name == "expect" && !gives_a_reason(tokens.get(i + 1)) {
                    broken.push(format!("{}:{line}: expect without a reason", file.path));
                }
            }
        });
    }
    assert_kept("outside tests nothing panics on purpose", &broken);
}

/// Whether `expect(…)` has more than a word to say.
fn gives_a_reason(argument: Option<&TokenTree>) -> bool {
    match argument {
        Some(TokenTree::Group(g)) => g.stream().to_string().split_whitespace().count() >= 3,
        _ => true,
    }
}

#[test]
fn nothing_is_left_to_be_done_later() {
    // Put together here, so that this file does not break its own law.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
    ];
    let mut broken = Vec::new();
    for file in text_files() {
        for (number, line) in file.text.lines().enumerate() {
            let said_as_a_rule = file.path.ends_with(".md") && line.contains("No ");
            if marks.iter().any(|m| line.contains(m)) && !said_as_a_rule {
                broken.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    assert_kept("work is done or planned in the tracker", &broken);
}

#[test]
fn no_code_is_commented_out() {
    let mut broken = Vec::new();
    for file in rust_files() {
        for (number, line) in file.text.lines().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("// ") else {
                continue;
            };
            let statement = comment.ends_with(';') && comment.contains(['(', '=', ':']);
            let block = comment.ends_with(" {") || comment.trim() == "}";
            let opening = ["let ", "fn ", "pub ", "use ", "#["]
                .iter()
                .any(|o| comment.starts_with(o) && comment.contains(['=', '(', ':']));
            if (statement || block || opening) && !comment.starts_with(char::is_uppercase) {
                broken.push(format!("{}:{}: {comment}", file.path, number + 1));
            }
        }
    }
    assert_kept("code that is not needed is deleted", &broken);
}
