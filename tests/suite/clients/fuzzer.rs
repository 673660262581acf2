//! Schemathesis against the OpenAPI document: no 5xx, no answer that is not declared.

use std::path::Path;
use std::process::Command;

use crate::harness::{Folder, Office, stderr, stdout};

/// What it looks at in every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      negative_data_rejection,unsupported_method,allow_header_conformance";

/// OGC API Features forbids to refuse a limit above the greatest (17-069r4, /req/core/
/// fc-limit-response-1 C), so for pages 200 is an answer to what breaks the document's schema. That
/// everything else about a page is refused, `features` tests.
const CONFIG: &str = r#"
[[operations]]
include-path-regex = "^/collections/[a-z]+/items$"

[operations.checks.negative_data_rejection]
expected-statuses = ["200", "400", "404", "406", "429"]
"#;

#[test]
fn a_fuzzer_gets_only_declared_answers() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schemathesis = root.join(".tools/python/bin/schemathesis");
    assert!(
        schemathesis.exists(),
        "schemathesis is installed: run `make test`, or scripts/python.sh once"
    );
    let office = Office::open().with_land("two_villages").start();
    let folder = Folder::new();
    folder.file("schemathesis.toml", CONFIG);
    let run = Command::new(schemathesis)
        .current_dir(folder.path())
        .args(["run", &format!("{}/api", office.url())])
        .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
        // Not ready is an answer with 503 on purpose, and this register has no store behind it.
        .args(["--exclude-path", "/health/ready"])
        // Waits for a change as long as it is asked to; `tiles::changed` looks at its answers.
        .args(["--exclude-path", "/v1/changes"])
        // The same questions in every run.
        .args(["--max-examples", "60"])
        .args([
            "--generation-deterministic",
            "--continue-on-failure",
            "--no-color",
        ])
        .env("HYPOTHESIS_STORAGE_DIRECTORY", folder.path())
        .output()
        .expect("schemathesis runs");
    let (said, complained) = (stdout(&run), stderr(&run));
    assert!(run.status.success(), "{said}\n{complained}");
    assert!(said.contains("passed"), "it asked something:\n{said}");
}
