//! Commands that fail say so in the language that was chosen, and end as they did.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::fixture;
use crate::harness::{Folder, commit, diachinh, planes, stderr, stdout};
use diachinh::store::StoreOptions;

/// A folder with the register of `two_villages` in `diachinh.gpkg` and a file of parcels.
fn register() -> Folder {
    let folder = Folder::new();
    let file = folder.path().join("diachinh.gpkg").display().to_string();
    let land = fixture::land("two_villages", &planes());
    commit(&StoreOptions::at(file), &land);
    folder.file(
        "thua.csv",
        "commune,sheet,number,wkt\n26743,5,900,\"POLYGON((603000 1191000,603005 1191000,603005 1191005,603000 1191005,603000 1191000))\"\n",
    );
    folder
}

/// Exit code and text of a command in a language.
fn said(folder: &Folder, arguments: &[&str], language: &str) -> (Option<i32>, String) {
    let mut command = diachinh(folder);
    command.args(arguments).args(["--language", language]);
    command.env("DIACHINH_LOG__FILTER", "error");
    command.env("DIACHINH_STORE__BUSY_TIMEOUT_MS", "200");
    let output = command.output().expect("the program starts");
    (output.status.code(), stderr(&output))
}

/// Arguments, the exit code, and what is said in Vietnamese and in English.
type Case = (&'static [&'static str], i32, &'static str, &'static str);

/// What an officer meets.
const CASES: [Case; 13] = [
    // A file that is not there.
    (
        &["import", "nowhere.gpkg"],
        1,
        "diachinh: không đọc được `nowhere.gpkg`: không có tệp hoặc thư mục này",
        "diachinh: `nowhere.gpkg` cannot be read: No such file or directory (os error 2)",
    ),
    // A register that is not there.
    (
        &["check-store", "--store", "none.gpkg"],
        1,
        "diachinh: không có sổ đăng ký ở `none.gpkg`; cần tệp do `diachinh demo`",
        "diachinh: there is no register at `none.gpkg`, expected a file that `diachinh demo`",
    ),
    // A wrong value of an option, and an option that is none.
    (
        &["import", "thua.csv", "--crs", "abc"],
        2,
        "lỗi: giá trị 'abc' không dùng được cho '--crs <EPSG>': không phải số nguyên",
        "error: invalid value 'abc' for '--crs <EPSG>': invalid digit found in string",
    ),
    (
        &["import", "thua.csv", "--as-of", "1/2/2025"],
        2,
        "lỗi: giá trị '1/2/2025' không dùng được cho '--as-of <YYYY-MM-DD>': \
             `1/2/2025` không phải ngày, cần NNNN-TT-NN (năm-tháng-ngày) như 2025-07-01",
        "error: invalid value '1/2/2025' for '--as-of <YYYY-MM-DD>': \
             `1/2/2025` is not a date, expected YYYY-MM-DD such as 2025-07-01",
    ),
    (
        &["import", "thua.csv", "--dry"],
        2,
        "lỗi: không có tùy chọn '--dry'",
        "error: unexpected argument '--dry' found",
    ),
    // A wrong profile.
    (
        &["import", "thua.csv", "--profile", "nothing"],
        1,
        "diachinh: `nothing` không phải hồ sơ trường: ",
        "diachinh: `nothing` is no profile: ",
    ),
    // A disk that is full.
    (
        &[
            "import",
            "thua.csv",
            "--dry-run",
            "--crs",
            "9210",
            "--report",
            "/dev/full",
        ],
        1,
        "diachinh: không ghi được `/dev/full`: đĩa đã đầy",
        "diachinh: cannot write `/dev/full`: No space left on device (os error 28)",
    ),
    // A configuration.
    (
        &["config", "--config", "odd.toml"],
        2,
        "diachinh: trong tệp cấu hình `odd.toml`: không đọc được TOML ở dòng 2, cột 16",
        "diachinh: in the configuration file `odd.toml`: TOML parse error at line 2, column 16",
    ),
    (
        &["audit", "show", "nothing"],
        2,
        "diachinh: nhật ký kiểm tra không có chuỗi `nothing`, cần một trong: ",
        "diachinh: the audit has no chain `nothing`, expected one of: ",
    ),
    (
        &[
            "layer",
            "withdraw",
            "nothing",
            "--as-of",
            "2026-01-01",
            "--reason",
            "x",
        ],
        1,
        "diachinh: sổ đăng ký không có lớp quy hoạch `nothing`, ",
        "diachinh: the register has no planning layer `nothing`, ",
    ),
    (
        &["demo"],
        1,
        "diachinh: sổ đăng ký đã có bản `1`, cần sổ trống cho thành phố mẫu",
        "diachinh: the register already holds revision `1`, expected an empty one for the demo city",
    ),
    (
        &["export", "parcels", "p.xyz"],
        2,
        "diachinh: phần mở rộng của `p.xyz` không ghi được, cần .gpkg, .geojson, .fgb, .parquet hoặc .csv",
        "diachinh: `p.xyz` has no extension that is written, expected .gpkg, .geojson, .fgb, .parquet or .csv",
    ),
    (
        &["party", "show", "1", "--reason", " "],
        2,
        "diachinh: `--reason` để trống, cần lý do, ví dụ số hồ sơ",
        "diachinh: `--reason` is empty, expected why, such as the number of a case",
    ),
];

#[test]
fn what_an_officer_meets_is_told_in_both_languages() {
    let folder = register();
    folder.file("empty.gpkg", "");
    folder.file("odd.toml", "[http]\nkeep_alive_s = \"long\"\n");
    for (arguments, code, vietnamese, english) in CASES {
        let (ended, text) = said(&folder, arguments, "vi");
        assert_eq!(ended, Some(code), "{arguments:?}: {text}");
        assert!(text.contains(vietnamese), "{arguments:?}: {text}");
        let (ended, text) = said(&folder, arguments, "en");
        assert_eq!(ended, Some(code), "{arguments:?}: {text}");
        assert!(text.contains(english), "{arguments:?}: {text}");
    }
}

#[test]
fn a_system_that_nobody_has_is_refused_with_those_of_the_city() {
    let folder = register();
    let order = ["import", "thua.csv", "--dry-run", "--crs", "99999"];
    for (language, word) in [
        (
            "vi",
            "`EPSG:99999` không phải hệ tọa độ của thành phố này, cần một trong: EPSG:9210, EPSG:5899",
        ),
        (
            "en",
            "`EPSG:99999` is not a coordinate system of this city, expected one of EPSG:9210, EPSG:5899",
        ),
    ] {
        let (ended, text) = said(&folder, &order, language);
        assert_eq!(ended, Some(1), "{text}");
        assert!(text.contains(word), "{text}");
        assert!(!text.contains("2154"), "{text}");
    }
}

#[test]
fn a_register_that_another_program_holds_is_told_in_both_languages() {
    let folder = register();
    let hold = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); \
        c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()";
    let mut holder = Command::new("python3")
        .args(["-c", hold])
        .arg(folder.path().join("diachinh.gpkg"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is installed");
    let mut line = String::new();
    let out = holder.stdout.take().expect("its output is read");
    BufReader::new(out)
        .read_line(&mut line)
        .expect("it says when it holds the register");
    let order = [
        "layer",
        "withdraw",
        "roads",
        "--as-of",
        "2026-01-01",
        "--reason",
        "x",
    ];
    let vietnamese = said(&folder, &order, "vi");
    let english = said(&folder, &order, "en");
    drop(holder.stdin.take());
    holder.wait().expect("it ends when its input does");
    let busy = "chương trình khác đang ghi vào sổ đăng ký, hãy thử lại";
    assert_eq!(vietnamese.0, Some(1));
    assert!(vietnamese.1.contains(busy), "{}", vietnamese.1);
    assert!(
        english
            .1
            .contains("the store is held by another writer, try again"),
        "{}",
        english.1
    );
}

#[test]
fn without_an_option_failures_are_in_the_language_of_the_locale() {
    let folder = Folder::new();
    for (locale, word) in [
        ("vi_VN.UTF-8", "không có sổ đăng ký ở"),
        ("en_GB.UTF-8", "there is no register at"),
        ("C", "there is no register at"),
    ] {
        let output = diachinh(&folder)
            .arg("check-store")
            .env("LC_ALL", locale)
            .output();
        let text = stderr(&output.expect("the program starts"));
        assert!(text.contains(word), "{locale}: {text}");
    }
}

/// What commands answer when all is well, in Vietnamese and in English.
const ANSWERS: [(&[&str], &str, &str); 8] = [
    (
        &["demo", "--parcels", "400"],
        "thành phố mẫu (dữ liệu giả lập): ",
        "synthetic city: ",
    ),
    (
        &["check-store"],
        " phiên bản đối tượng quy hoạch, 0 lỗi",
        " feature versions read, 0 flaws",
    ),
    (
        &["audit", "verify"],
        " mục, còn nguyên, mã cuối ",
        " entries, holds, end ",
    ),
    (&["layer", "list"], ", đúng đến ngày ", ", right as of "),
    (
        &["party", "show", "1", "--reason", "x"],
        "chủ thể số 1: ",
        "party 1: ",
    ),
    (
        &["export", "wards", "w.csv"],
        "w.csv: 168 phường, xã, đặc khu của bản sổ 1",
        "w.csv: 168 wards of revision 1",
    ),
    (
        &["snapshot"],
        "/land.snapshot: bản sổ 1, ",
        "/land.snapshot: revision 1, ",
    ),
    (
        &["tiles", "seed", "--zooms", "0"],
        " mảnh bản đồ, đã ghi ",
        " tiles, ",
    ),
];

#[test]
fn commands_answer_and_help_in_the_language_that_was_chosen() {
    let folders = [Folder::new(), Folder::new()];
    let answer = |folder: &Folder, arguments: &[&str], language: &str| {
        let mut command = diachinh(folder);
        let output = command
            .args(arguments)
            .args(["--language", language])
            .output();
        let output = output.expect("the program starts");
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
        stdout(&output)
    };
    for (arguments, vietnamese, english) in ANSWERS {
        let told = answer(&folders[0], arguments, "vi");
        assert!(told.contains(vietnamese), "{arguments:?}: {told}");
        let told = answer(&folders[1], arguments, "en");
        assert!(told.contains(english), "{arguments:?}: {told}");
    }
    for arguments in [
        ["--help"].as_slice(),
        &["import", "--help"],
        &["export", "-h"],
    ] {
        let told = answer(&folders[0], arguments, "vi");
        assert!(told.contains("Cách dùng: diachinh"), "{told}");
        for english in [
            "Usage",
            "Options",
            "Print",
            "default",
            "The ",
            "possible values",
        ] {
            assert!(!told.contains(english), "`{english}` in {told}");
        }
        assert!(answer(&folders[1], arguments, "en").contains("Usage: diachinh"));
    }
}
