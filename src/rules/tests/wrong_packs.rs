//! Packs that are wrong: each is refused with its line and what was expected, all mistakes at once.

use crate::rules::{Mistake, read_pack};

/// A pack that is right; the rule begins at line 20.
const RIGHT: &str = r#"[pack]
id = "example"
version = "1"
title = { vi = "Ví dụ", en = "Example" }
level = "law"
valid_from = 2026-01-01
valid_to = 2027-01-01

[pack.scope]
everywhere = true

[[source]]
id = "act"
act = "1/2026"
confidence = "transcribed"
reason = { vi = "Đã đọc.", en = "Read." }

# A rule.

[[rule]]
id = "storeys"
kind = "storeys"
source = "act"
title = { vi = "Số tầng", en = "Storeys" }
when = [{ parameter = "lot_area_m2", from = 36 }]
bound = "at_most"
unit = "storeys"
[rule.bands]
by = "right_of_way_m"
intervals = [
  { below = 6, value = 3 },
  { from = 6, below = 16, value = 4 },
  { from = 16, value = 5 },
]
"#;

fn mistakes(text: &str) -> Vec<Mistake> {
    read_pack("a.toml", text).expect_err("a wrong pack")
}

#[test]
fn a_right_pack_is_read_and_its_hash_is_that_of_its_content() {
    let pack = read_pack("a.toml", RIGHT).expect("a pack");
    assert_eq!(pack.rules.len(), 1);
    let other = RIGHT
        .replace("# A rule.", "# Another comment.")
        .replace("= 16,", "=  16.0,");
    let other = read_pack("b.toml", &other).expect("a pack");
    assert_eq!(pack.hash, other.hash);
    let changed = RIGHT.replace("value = 5", "value = 6");
    assert_ne!(
        pack.hash,
        read_pack("a.toml", &changed).expect("a pack").hash
    );
}

/// What is replaced, by what, the line of the mistake, its code, a name and its value.
type Case = (
    &'static str,
    &'static str,
    usize,
    &'static str,
    &'static str,
    &'static str,
);

const CASES: &[Case] = &[
    ("below = 16", "below = 17", 33, "overlap", "after", "≥ 16"),
    ("below = 16", "below = 15", 33, "gap", "before", "≥ 6, < 15"),
    (
        "{ from = 16, v",
        "{ above = 16, v",
        33,
        "gap",
        "after",
        "> 16",
    ),
    (
        "{ below = 6, v",
        "{ from = 1, below = 6, v",
        31,
        "gap",
        "before",
        "0",
    ),
    (
        "{ from = 16, v",
        "{ from = 16, below = 20, v",
        33,
        "gap",
        "after",
        "∞",
    ),
    (
        "by = \"right_of_way_m\"",
        "by = \"road_m\"",
        29,
        "unknown_word",
        "word",
        "road_m",
    ),
    (
        "source = \"act\"\n",
        "",
        20,
        "missing_citation",
        "rule",
        "storeys",
    ),
    (
        "source = \"act\"",
        "source = \"law\"",
        23,
        "unknown_source",
        "expected",
        "act",
    ),
    (
        "unit = \"storeys\"",
        "unit = \"m\"",
        27,
        "wrong_unit",
        "expected",
        "storeys",
    ),
    (
        "bound = \"at_most\"",
        "bound = \"at_least\"",
        26,
        "wrong_bound",
        "found",
        "at_least",
    ),
    (
        "bound = \"at_most\"\n",
        "",
        20,
        "missing_key",
        "key",
        "bound",
    ),
    ("bound =", "bond =", 26, "unknown_key", "key", "bond"),
    ("from = 36", "form = 36", 25, "unknown_key", "key", "form"),
    (
        "from = 36",
        "from = \"36\"",
        25,
        "wrong_type",
        "found",
        "text",
    ),
    (
        "from = 36",
        "from = 36.1234567",
        25,
        "bad_number",
        "found",
        "36.1234567",
    ),
    (
        "from = 36",
        "from = 0x24",
        25,
        "bad_number",
        "found",
        "0x24",
    ),
    (
        "from = 36",
        "from = 36, up_to = 35",
        25,
        "empty_interval",
        "interval",
        "≥ 36, ≤ 35",
    ),
    (
        "from = 36",
        "from = 36, above = 36",
        25,
        "two_values",
        "keys",
        "from, above",
    ),
    (
        "from = 36",
        "unit = \"m2\"",
        25,
        "no_condition",
        "expected",
        "from, above, below, up_to",
    ),
    (
        "from = 36",
        "from = 36, unit = \"m\"",
        25,
        "wrong_unit",
        "expected",
        "m2",
    ),
    (
        "kind = \"storeys\"",
        "kind = \"floors\"",
        22,
        "unknown_word",
        "word",
        "floors",
    ),
    (
        "kind = \"storeys\"",
        "kind = \"permit_path\"",
        26,
        "not_of_kind",
        "key",
        "bound",
    ),
    (
        "kind = \"storeys\"",
        "kind = \"storeys\"\nof = \"rear\"",
        23,
        "not_of_kind",
        "key",
        "of",
    ),
    (
        "value = 4",
        "value = \"open\"",
        32,
        "unknown_word",
        "word",
        "open",
    ),
    (
        "value = 4",
        "value = \"unconfirmed\"",
        20,
        "unconfirmed_without_reason",
        "rule",
        "storeys",
    ),
    (
        "everywhere = true",
        "development = \"new\"",
        9,
        "no_scope",
        "",
        "",
    ),
    (
        "level = \"law\"",
        "level = \"decree\"",
        5,
        "unknown_word",
        "word",
        "decree",
    ),
    (
        "valid_to = 2027-01-01",
        "valid_to = 2025-01-01",
        7,
        "ends_before_it_begins",
        "to",
        "2025-01-01",
    ),
    (
        "valid_from = 2026-01-01",
        "valid_from = 2026-01-01T00:00:00Z",
        6,
        "bad_day",
        "found",
        "2026-01-01T00:00:00Z",
    ),
    (
        "en = \"Storeys\"",
        "en = \"\"",
        24,
        "empty_text",
        "key",
        "en",
    ),
    (
        "id = \"storeys\"",
        "id = \"Storeys\"",
        21,
        "bad_identifier",
        "word",
        "Storeys",
    ),
    (
        "[rule.bands]",
        "value = 3\n[rule.bands]",
        29,
        "two_values",
        "keys",
        "value, bands",
    ),
];

#[test]
fn each_mistake_is_told_with_its_line_and_what_was_expected() {
    for (right, wrong, line, code, name, value) in CASES {
        assert!(RIGHT.contains(right), "{right}");
        let found = mistakes(&RIGHT.replacen(right, wrong, 1));
        let told = found.iter().any(|m| {
            m.line == *line && m.code == *code && (name.is_empty() || m.value(name) == *value)
        });
        assert!(told, "{wrong}: {found:#?}");
    }
}

#[test]
fn all_mistakes_are_told_and_not_only_the_first() {
    let wrong = RIGHT
        .replace("level = \"law\"", "level = \"decree\"")
        .replace("source = \"act\"\n", "")
        .replace("below = 16", "below = 17")
        .replace("unit = \"storeys\"", "unit = \"m\"");
    let codes: Vec<&str> = mistakes(&wrong).iter().map(|m| m.code).collect();
    let expected = ["unknown_word", "missing_citation", "wrong_unit", "overlap"];
    assert_eq!(codes, expected);
}

#[test]
fn every_place_that_is_not_toml_is_told() {
    let wrong = RIGHT
        .replace("id = \"act\"", "id = act")
        .replace("from = 36", "from = =");
    let found = mistakes(&wrong);
    let lines: Vec<usize> = found.iter().map(|m| m.line).collect();
    assert!(found.iter().all(|m| m.code == "not_toml"), "{found:#?}");
    assert!(lines.contains(&13) && lines.contains(&25), "{lines:?}");
}

#[test]
fn a_gap_is_taken_when_the_pack_writes_that_it_is_unconfirmed_and_why() {
    let gap = RIGHT.replace("below = 16", "below = 15").replace(
        "by = \"right_of_way_m\"",
        "by = \"right_of_way_m\"\notherwise = \"unconfirmed\"",
    );
    let found = mistakes(&gap);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, "unconfirmed_without_reason");
    let because = "unconfirmed_because = { vi = \"Chưa đọc.\", en = \"Not read.\" }\n[rule.bands]";
    let told = gap.replace("[rule.bands]", because);
    assert!(read_pack("a.toml", &told).is_ok());
}

#[test]
fn a_column_counts_characters_and_not_bytes() {
    let wrong = RIGHT.replace("en = \"Storeys\" }", "en = \"Storeys\", fr = \"É\" }");
    let found = mistakes(&wrong);
    assert_eq!((found[0].line, found[0].column), (24, 43), "{found:#?}");
}
