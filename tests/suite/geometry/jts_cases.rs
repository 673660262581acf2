//! Reads the test cases of the JTS Topology Suite from their XML.

use std::path::{Path, PathBuf};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// One operation of a case, with its expected answer as written.
#[derive(Debug, Clone, Default)]
pub(super) struct Operation {
    pub(super) name: String,
    /// Arguments 1 to 3, lower case where they name an operand; empty when absent.
    pub(super) arguments: [String; 3],
    pub(super) expected: String,
}

/// Two geometries and what is asked of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    /// File below `tests/jts-cases`, and the number of the case in it, from 1.
    pub(super) place: String,
    pub(super) description: String,
    /// Scale of a fixed precision model; nothing for floating point.
    pub(super) precision: Option<f64>,
    pub(super) a: String,
    pub(super) b: String,
    pub(super) operations: Vec<Operation>,
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jts-cases")
}

/// All cases of all files, in order.
pub(super) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for part in ["general", "validate"] {
        let entries = std::fs::read_dir(folder().join(part)).expect("the cases are in the repo");
        let mut names: Vec<String> = entries
            .map(|e| {
                e.expect("a readable folder")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|name| name.ends_with(".xml"))
            .collect();
        names.sort();
        for name in names {
            let place = format!("{part}/{name}");
            let xml = std::fs::read(folder().join(&place)).expect("a readable file");
            cases.extend(read(&place, &String::from_utf8_lossy(&xml)));
        }
    }
    cases
}

fn read(place: &str, xml: &str) -> Vec<Case> {
    let mut reader = Reader::from_str(xml);
    let mut cases: Vec<Case> = Vec::new();
    let mut precision = None;
    let mut open: Option<Case> = None;
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Eof => return cases,
            Event::Empty(e) | Event::Start(e) if e.name().as_ref() == "precisionModel" => {
                precision = attribute(&e, "scale").and_then(|s| s.parse().ok());
            }
            Event::Start(e) => {
                text.clear();
                match e.name().as_ref() {
                    "case" => {
                        let place = format!("{place} {}", cases.len() + 1);
                        open = Some(Case {
                            place,
                            precision,
                            ..Case::default()
                        });
                    }
                    "op" => open
                        .iter_mut()
                        .for_each(|case| case.operations.push(operation(&e))),
                    _ => {}
                }
            }
            Event::Text(t) => {
                text.push_str(&t.xml_content(XmlVersion::Implicit1_0));
            }
            Event::End(e) if e.name().as_ref() == "case" => cases.extend(open.take()),
            Event::End(e) => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if let Some(case) = &mut open {
                    finish(case, e.name().as_ref(), text);
                }
            }
            _ => {}
        }
    }
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = e.try_get_attribute(name).expect("well-formed XML")?;
    Some(attribute.value.trim().to_owned())
}

fn operation(e: &BytesStart<'_>) -> Operation {
    let argument = |name| attribute(e, name).unwrap_or_default().to_ascii_lowercase();
    Operation {
        name: argument("name"),
        arguments: ["arg1", "arg2", "arg3"].map(argument),
        expected: String::new(),
    }
}

fn finish(case: &mut Case, element: &str, text: String) {
    match element {
        "desc" => case.description = text,
        "a" => case.a = text,
        "b" => case.b = text,
        "op" => {
            if let Some(operation) = case.operations.last_mut() {
                operation.expected = text;
            }
        }
        _ => {}
    }
}
