//! Every `curl` of the README, run as it is written.

use std::path::Path;
use std::process::Command;

use crate::clients::demo::Demo;
use crate::harness::{stderr, stdout};

/// A command of the README and what it says the answer contains.
#[derive(Debug)]
struct Written {
    command: String,
    answer: Option<String>,
}

/// The lines of all `sh` blocks: a command, and below it `# → what the answer contains`.
fn commands(readme: &str) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            inside = fence == "sh";
        } else if let Some(answer) = line.strip_prefix("# → ").filter(|_| inside) {
            let last = written.last_mut().expect("an answer follows a command");
            last.answer = Some(answer.to_owned());
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            written.push(Written {
                command: line.to_owned(),
                answer: None,
            });
        }
    }
    written
}

#[test]
fn every_command_of_the_readme_answers_as_it_says() {
    try_all(&Demo::running());
}

#[test]
fn every_command_of_the_readme_answers_as_it_says_in_a_small_demo_city_too() {
    for parcels in ["200", "2000"] {
        try_all(&Demo::of(parcels));
    }
}

fn try_all(demo: &Demo) {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(readme).expect("there is a README");
    let written = commands(&readme);
    assert!(written.len() >= 10, "{written:?}");
    let folder = demo.folder();
    // A refusal fails the command, which is otherwise run to the letter.
    folder.file(".curlrc", "fail\n");
    for Written { command, answer } in written {
        let here = command.replace("http://127.0.0.1:8080", demo.url());
        let here = here.replace("target/release/diachinh", env!("CARGO_BIN_EXE_diachinh"));
        let run = Command::new("bash")
            .args(["-c", &here])
            .current_dir(folder.path())
            .env("CURL_HOME", folder.path())
            .output()
            .expect("bash runs");
        let said = stdout(&run);
        assert!(run.status.success(), "{command}\n{said}\n{}", stderr(&run));
        let answer = answer.expect("every command of the README says what to expect");
        assert!(
            said.contains(&answer),
            "{command}\nexpected {answer}\n{said}"
        );
    }
}
