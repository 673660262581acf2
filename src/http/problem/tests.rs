//! Every kind has its row and its words, and reasons stay inside.

use super::*;
use crate::app::{Error, Unavailable};

#[test]
fn refusals_conflicts_and_failures_have_their_codes_and_keep_reasons_inside() {
    let source = std::io::Error::other("secret");
    for (error, code, status) in [
        (Error::Refused("no".to_owned()), "transition_refused", 409),
        (Error::Conflict("no".to_owned()), "conflict", 409),
        (Error::Stale("no".to_owned()), "stale_version", 412),
        (Error::internal("cannot read `x`", source), "internal", 500),
        (
            Error::Unavailable(Unavailable::StoreGone("secret".to_owned())),
            "store_unavailable",
            503,
        ),
    ] {
        let problem = Problem::from(error);
        let view = problem.view(Language::English, "/", "1");
        assert_eq!((view.code.as_str(), view.status), (code, status));
        assert!(!view.detail.contains("secret"), "{}", view.detail);
        let logged = problem.failure_text().unwrap_or_default();
        assert_eq!(logged.contains("secret"), code == "internal", "{logged}");
    }
}

#[test]
fn every_kind_has_its_row_and_both_languages_a_title() {
    for (kind, code, status) in Kind::TABLE {
        assert_eq!(kind.row(), (code, status));
        for language in [Language::Vietnamese, Language::English] {
            assert!(
                !language.text("problem", code, &[]).contains("problem."),
                "{code}"
            );
        }
    }
}
