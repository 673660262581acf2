//! The heading of a pack, its scope and sources, and the whole of it.

use super::condition::{area, conditions, numeric, one_word, wards};
use super::desk::{Desk, Part, listed};
use super::keys;
use super::rule::{Before, cited, rule};
use crate::evidence::{ContentHash, canonical_bytes};
use crate::rules::condition::Condition;
use crate::rules::confidence::{Confidence, Doubt};
use crate::rules::level::Level;
use crate::rules::node::{self, Table};
use crate::rules::pack::{FactReading, Pack, Source};
use crate::rules::parameter::Parameter;

/// The sources of a pack; those that could not be read keep their ids, so that rules that cite them
/// are not told as wrong.
pub struct Sources {
    ids: Vec<String>,
    read: Vec<Option<Source>>,
}

impl Sources {
    pub fn find(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| known == id)
    }

    pub fn listed(&self) -> String {
        listed(self.ids.iter().map(String::as_str))
    }
}

/// A whole file.
pub fn read(desk: &mut Desk<'_>, table: &Table) -> Option<Pack> {
    let file = Part {
        table,
        at: 0,
        name: "file",
    };
    desk.only(file, &[keys::FILE]);
    let heading = desk.needed(file, "pack");
    let heading = heading.and_then(|node| desk.part(node, "[pack]"));
    let heading = heading.and_then(|part| pack(desk, part));
    let sources = sources(desk, file);
    let readings = readings(desk, file, &sources);
    let mut before = Before::new();
    let mut rules = Vec::new();
    let id = heading
        .as_ref()
        .map_or_else(String::new, |pack| pack.id.clone());
    if let Some(items) = desk
        .needed(file, "rule")
        .and_then(|node| desk.list(node, "rule"))
    {
        for item in items {
            let part = desk.part(item, "[[rule]]");
            let read = part.and_then(|part| rule(desk, part, &id, &sources, &mut before));
            rules.extend(read);
        }
    }
    let text = node::json(table);
    let bytes = canonical_bytes(&text).ok()?;
    Some(Pack {
        sources: sources.read.into_iter().collect::<Option<_>>()?,
        readings,
        rules,
        text,
        hash: ContentHash::of(&bytes),
        ..heading?
    })
}

fn pack(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Pack> {
    desk.only(part, &[keys::PACK]);
    let id = desk.identifier(part, "id");
    let version = desk.needed_text(part, "version");
    let title = desk.needed_both(part, "title");
    let level = desk.needed_text(part, "level");
    let known = || listed(Level::ALL.iter().map(|level| level.as_str()));
    let level = level.and_then(|word| desk.word(word, "level", Level::of_word, known));
    let valid = desk.validity(part);
    let note = desk.optional_both(part, "note");
    let illustration = match part.table.get("illustration") {
        Some((_, node)) => desk.truth(node, "illustration")?,
        None => false,
    };
    let scope = desk.needed(part, "scope");
    let scope = scope.and_then(|node| desk.part(node, "[pack.scope]"));
    let scope = scope.map(|part| scope_of(desk, part));
    Some(Pack {
        file: desk.file().to_owned(),
        id: id?.0,
        version: version?.0.to_owned(),
        title: title?,
        level: level?,
        valid,
        scope: scope?,
        note,
        illustration,
        sources: Vec::new(),
        readings: Vec::new(),
        rules: Vec::new(),
        toml: String::new(),
        text: serde_json::Value::Null,
        hash: ContentHash::of(b""),
    })
}

/// Where and for what a pack is in force: all that is written must hold, and something must be.
fn scope_of(desk: &mut Desk<'_>, part: Part<'_>) -> Vec<Condition> {
    desk.only(part, &[keys::SCOPE]);
    let mut scope = Vec::new();
    let mut somewhere = false;
    if let Some((_, node)) = part.table.get("everywhere") {
        somewhere |= desk.truth(node, "everywhere").unwrap_or(true);
    }
    if let Some((_, node)) = part.table.get("wards") {
        somewhere = true;
        scope.extend(wards(desk, node));
    }
    if let Some((_, node)) = part.table.get("area") {
        somewhere = true;
        scope.extend(area(desk, node).map(|area| Condition::Inside { area, is: true }));
    }
    if !somewhere {
        desk.mistake(part.at, "no_scope", Vec::new());
    }
    if let Some((_, node)) = part.table.get("development") {
        let word = desk
            .text_of(node, "development")
            .map(|text| (text, node.at.start));
        let word = word.and_then(|word| one_word(desk, word, Parameter::Development));
        scope.extend(word.map(|word| Condition::Word {
            parameter: Parameter::Development,
            among: vec![word],
        }));
    }
    if let Some((_, node)) = part.table.get("buildings") {
        let words = desk.texts(node, "buildings").unwrap_or_default();
        let among = words.into_iter();
        let among = among.filter_map(|word| one_word(desk, word, Parameter::BuildingKind));
        let among = among.collect();
        scope.push(Condition::Word {
            parameter: Parameter::BuildingKind,
            among,
        });
    }
    scope.extend(conditions(desk, part, "when"));
    scope
}

fn sources(desk: &mut Desk<'_>, file: Part<'_>) -> Sources {
    let mut sources = Sources {
        ids: Vec::new(),
        read: Vec::new(),
    };
    let list = desk.needed(file, "source");
    let Some(items) = list.and_then(|node| desk.list(node, "source")) else {
        return sources;
    };
    for item in items {
        let Some(part) = desk.part(item, "[[source]]") else {
            continue;
        };
        desk.only(part, &[keys::SOURCE]);
        let id = desk.identifier(part, "id");
        if let Some((id, at)) = &id
            && sources.find(id).is_some()
        {
            let values = vec![
                ("what", "source".to_owned()),
                ("word", id.clone()),
                ("line", "-".to_owned()),
            ];
            desk.mistake(*at, "twice", values);
        }
        let id = id.map_or_else(String::new, |(id, _)| id);
        sources.ids.push(id.clone());
        sources.read.push(source(desk, part, id));
    }
    sources
}

/// Parameters that the pack reads from others.
fn readings(desk: &mut Desk<'_>, file: Part<'_>, sources: &Sources) -> Vec<FactReading> {
    let Some((_, node)) = file.table.get("reading") else {
        return Vec::new();
    };
    let items = desk.list(node, "reading").unwrap_or_default();
    let read = items.iter().filter_map(|item| {
        let part = desk.part(item, "[[reading]]")?;
        desk.only(part, &[keys::READING]);
        let title = desk.needed_both(part, "title");
        let source = cited(desk, part, sources);
        let article = desk.optional_text(part, "article");
        let parameter = numeric(desk, part, "parameter");
        let by = numeric(desk, part, "by");
        desk.needed(part, "when");
        let when = conditions(desk, part, "when");
        let ((parameter, unit), (by, other)) = (parameter?, by?);
        if unit != other {
            let values = vec![
                ("found", other.to_string()),
                ("expected", unit.to_string()),
                ("of", by.name().to_owned()),
            ];
            desk.mistake(part.at, "wrong_unit", values);
        }
        Some(FactReading {
            title: title?,
            source: source?,
            article,
            parameter,
            by,
            when,
        })
    });
    read.collect()
}

fn source(desk: &mut Desk<'_>, part: Part<'_>, id: String) -> Option<Source> {
    let act = desk
        .needed_text(part, "act")
        .map(|(text, _)| text.to_owned());
    let article = desk.optional_text(part, "article");
    let link = desk.optional_text(part, "link");
    let confidence = confidence(desk, part);
    let reason = desk.needed_both(part, "reason");
    Some(Source {
        id,
        act: act?,
        article,
        link,
        doubt: Doubt {
            confidence: confidence?,
            reason: reason?,
        },
    })
}

/// The grade under `confidence`.
pub fn confidence(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Confidence> {
    let word = desk.needed_text(part, "confidence")?;
    let known = || listed(Confidence::ALL.iter().map(|grade| grade.as_str()));
    desk.word(word, "confidence", Confidence::of_word, known)
}
