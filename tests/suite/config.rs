//! Configuration as an operator meets it: file, environment, command line, refusals.

use crate::harness::{Folder, diachinh, stderr, stdout};

#[test]
fn the_example_file_in_the_repository_is_what_the_program_prints() {
    let folder = Folder::new();
    let output = diachinh(&folder)
        .args(["config", "--example"])
        .output()
        .expect("the program starts");
    assert!(output.status.success());
    let kept = include_str!("../../diachinh.example.toml");
    assert!(
        stdout(&output) == kept,
        "options changed: run `diachinh config --example > diachinh.example.toml`"
    );
}

#[test]
fn the_environment_goes_before_the_file_and_every_origin_is_shown() {
    let folder = Folder::new();
    folder.file(
        "diachinh.toml",
        "[http]\nlisten = \"127.0.0.1:9001\"\nkeep_alive_s = 7\n",
    );
    let output = diachinh(&folder)
        .arg("config")
        .env("DIACHINH_HTTP__LISTEN", "127.0.0.1:9002")
        .output()
        .expect("the program starts");
    let text = stdout(&output);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        text.contains("listen = \"127.0.0.1:9002\" # DIACHINH_HTTP__LISTEN"),
        "{text}"
    );
    assert!(text.contains("keep_alive_s = 7 # diachinh.toml"), "{text}");
    assert!(text.contains("rate_burst = 1000 # default"), "{text}");
}

#[test]
fn an_unknown_key_is_refused_with_file_line_and_column() {
    let folder = Folder::new();
    let file = folder.file("odd.toml", "[http]\nkeep_alive_s = 7\nlisten_on = \"x\"\n");
    let output = diachinh(&folder)
        .args(["config", "--config"])
        .arg(&file)
        .output()
        .expect("the program starts");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    for part in [
        "odd.toml",
        "line 3, column 1",
        "listen_on",
        "expected one of",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_wrong_value_is_refused_and_so_is_a_file_that_is_not_there() {
    let folder = Folder::new();
    let wrong = folder.file("wrong.toml", "[http]\nkeep_alive_s = \"long\"\n");
    let missing = folder.path().join("missing.toml");
    let inside = "[http]\ntrusted_proxies = [\"10.0.0.1/8\"]\n";
    let inside = folder.file("inside.toml", inside);
    for (file, part) in [
        (wrong, "line 2"),
        (missing, "missing.toml"),
        (inside, "expected `10.0.0.0/8`"),
    ] {
        let output = diachinh(&folder)
            .args(["config", "--config"])
            .arg(&file)
            .output()
            .expect("the program starts");
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn an_unknown_or_unreadable_variable_is_refused_by_its_name() {
    let folder = Folder::new();
    for (name, value) in [
        ("DIACHINH_HTTP__LISTEN_ON", "127.0.0.1:1"),
        ("DIACHINH_HTTP__LISTEN", "everywhere"),
        ("DIACHINH_HTP__LISTEN", "127.0.0.1:1"),
        ("DIACHINH_HTTP__TRUSTED_PROXIES", "127.0.0.1"),
    ] {
        let output = diachinh(&folder)
            .arg("config")
            .env(name, value)
            .output()
            .expect("the program starts");
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(text.contains("DIACHINH_HT"), "{text}");
    }
}

#[test]
fn the_command_line_goes_before_everything_and_help_teaches_with_examples() {
    let folder = Folder::new();
    let output = diachinh(&folder)
        .args(["serve", "--listen", "nowhere"])
        .output()
        .expect("the program starts");
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains("command line"), "{text}");
    assert!(
        text.contains("`http.listen`: Address and port to listen on."),
        "it says what the option is: {text}"
    );
    let help = diachinh(&folder)
        .args(["serve", "--help"])
        .output()
        .expect("the program starts");
    assert!(help.status.success());
    assert!(stdout(&help).contains("Examples:"));
}

#[test]
fn the_server_listens_on_localhost_by_name_and_on_no_other_name() {
    let folder = Folder::new();
    let shown = |listen: &str, language: &str| {
        diachinh(&folder)
            .args(["config", "--language", language])
            .env("DIACHINH_HTTP__LISTEN", listen)
            .output()
            .expect("the program starts")
    };
    let output = shown("localhost:9002", "en");
    assert!(output.status.success(), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("listen = \"127.0.0.1:9002\" #"), "{text}");
    for wrong in [
        "somewhere:80",
        "localhost",
        "localhost:99999",
        "127.0.0.1",
        ":80",
    ] {
        let output = shown(wrong, "en");
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{wrong}: {text}");
        let said = format!(
            "`{wrong}` is not an address with a port, expected one such as `127.0.0.1:8080`"
        );
        assert!(text.contains(&said), "{text}");
        let text = stderr(&shown(wrong, "vi"));
        let said = format!("`{wrong}` không phải địa chỉ kèm cổng, cần dạng như `127.0.0.1:8080`");
        assert!(text.contains(&said), "{text}");
    }
}
