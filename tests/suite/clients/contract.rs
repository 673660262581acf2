//! The page's types are those of the API as it is.

use std::path::Path;
use std::process::Command;

use crate::harness::{Folder, Office, stderr};

#[test]
fn the_types_of_the_page_are_made_from_the_document_as_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let office = Office::open().start();
    let folder = Folder::new();
    let made = folder.path().join("openapi.d.ts");
    let run = Command::new(root.join("scripts/node.sh"))
        .args(["npm", "run", "--silent", "types"])
        .current_dir(root.join("web"))
        .env("OPENAPI", format!("{}/api", office.url()))
        .env("TYPES", &made)
        .output()
        .expect("bash runs");
    assert!(run.status.success(), "{}", stderr(&run));
    let made = std::fs::read_to_string(made).expect("types were made");
    let kept = std::fs::read_to_string(root.join("web/src/api/openapi.d.ts")).expect("checked in");
    // Not assert_eq: a thousand lines help nobody.
    assert!(
        made == kept,
        "the API has changed: run `npm run types` in web/ against a running server and commit"
    );
}
