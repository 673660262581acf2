//! Rules of a pack.

use std::collections::BTreeMap;

use super::condition::conditions;
use super::desk::{Desk, Part, listed};
use super::keys;
use super::number::number;
use super::pack::{Sources, confidence};
use crate::rules::confidence::{Confidence, Doubt};
use crate::rules::kinds::{
    Body, KINDS, Kind, Measure, PermitPath, Quantity, Reading, Says, competent_office,
};
use crate::rules::level::Level;
use crate::rules::node;
use crate::rules::pack::{Rule, Yielding};

/// Places of rules read so far, by id.
pub type Before = BTreeMap<String, (usize, usize)>;

/// One `[[rule]]`.
pub fn rule(
    desk: &mut Desk<'_>,
    part: Part<'_>,
    pack: &str,
    sources: &Sources,
    before: &mut Before,
) -> Option<Rule> {
    let id = desk.identifier(part, "id");
    let kind = kind(desk, part);
    only_of(desk, part, kind);
    let title = desk.needed_both(part, "title");
    let source = cited(desk, part, sources);
    let article = desk.optional_text(part, "article");
    let doubt = own_doubt(desk, part);
    let note = desk.optional_both(part, "note");
    let unconfirmed_because = desk.optional_both(part, "unconfirmed_because");
    let valid = desk.validity(part);
    let when = conditions(desk, part, "when");
    let unless = conditions(desk, part, "unless");
    let unless_rules = unless_rules(desk, part, before);
    let yields = yields(desk, part);
    let said = kind.and_then(|kind| said(desk, part, kind, pack));
    let (id, at) = id?;
    if let Some((_, line)) = before.get(&id) {
        let values = vec![
            ("what", "rule".to_owned()),
            ("word", id),
            ("line", line.to_string()),
        ];
        desk.mistake(at, "twice", values);
        return None;
    }
    let line = desk.line(at);
    before.insert(id.clone(), (before.len(), line));
    let (quantity, body) = said?;
    Some(Rule {
        id,
        title: title?,
        quantity,
        source: source?,
        article,
        doubt,
        note,
        valid,
        when,
        unless,
        unless_rules,
        yields,
        unconfirmed_because,
        body,
        text: node::json(part.table),
    })
}

fn kind(desk: &mut Desk<'_>, part: Part<'_>) -> Option<&'static Kind> {
    let word = desk.needed_text(part, "kind")?;
    let known = || listed(KINDS.iter().map(|kind| kind.name));
    desk.word(word, "kind", Kind::of_name, known)
}

/// The keys of a rule of this kind beside those of every rule.
pub fn keys_of(kind: &Kind) -> &'static [&'static [&'static str]] {
    match kind.says {
        Says::Number(_) if kind.name == "storeys" => &[keys::RULE, keys::NUMBER, keys::STOREYS],
        Says::Number(_) => &[keys::RULE, keys::NUMBER],
        Says::NumberOf(_) | Says::NumberOfArea(_) => &[keys::RULE, keys::OF, keys::NUMBER],
        Says::Words => &[keys::RULE, keys::WORDS],
        Says::Path => &[keys::RULE, keys::PATH],
        Says::Office => &[keys::RULE, keys::OFFICE],
        Says::OfficerDecides => &[keys::RULE],
    }
}

/// Tells keys that no rule has, or that a rule of this kind does not have.
fn only_of(desk: &mut Desk<'_>, part: Part<'_>, kind: Option<&Kind>) {
    const ALL: &[&[&str]] = &[
        keys::RULE,
        keys::OF,
        keys::NUMBER,
        keys::STOREYS,
        keys::WORDS,
        keys::PATH,
        keys::OFFICE,
    ];
    let Some(kind) = kind else {
        return desk.only(part, ALL);
    };
    let own = keys_of(kind);
    for (name, (at, _)) in part.table {
        let has = |lists: &[&[&str]]| lists.iter().any(|keys| keys.contains(&name.as_str()));
        if has(ALL) && !has(own) {
            let values = vec![("key", name.clone()), ("kind", kind.name.to_owned())];
            desk.mistake(at.start, "not_of_kind", values);
        }
    }
    let mut unknown = part.table.clone();
    unknown.retain(|name, _| !ALL.iter().any(|keys| keys.contains(&name.as_str())));
    let unknown = Part {
        table: &unknown,
        ..part
    };
    desk.only(unknown, own);
}

/// The place of the source that the rule cites.
pub fn cited(desk: &mut Desk<'_>, part: Part<'_>, sources: &Sources) -> Option<usize> {
    if !part.table.contains_key("source") {
        let id = desk.optional_text(part, "id").unwrap_or_default();
        desk.mistake(part.at, "missing_citation", vec![("rule", id)]);
        return None;
    }
    let (text, at) = desk.needed_text(part, "source")?;
    let place = sources.find(text);
    if place.is_none() {
        let values = vec![("word", text.to_owned()), ("expected", sources.listed())];
        desk.mistake(at, "unknown_source", values);
    }
    place
}

/// A confidence of the rule's own, which needs its reason.
fn own_doubt(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Doubt> {
    let has = |key| part.table.contains_key(key);
    if !has("confidence") && !has("reason") {
        return None;
    }
    let confidence: Option<Confidence> = confidence(desk, part);
    let reason = desk.needed_both(part, "reason");
    Some(Doubt {
        confidence: confidence?,
        reason: reason?,
    })
}

fn unless_rules(desk: &mut Desk<'_>, part: Part<'_>, before: &Before) -> Vec<usize> {
    let Some((_, node)) = part.table.get("unless_rules") else {
        return Vec::new();
    };
    let mut places = Vec::new();
    for (word, at) in desk.texts(node, "unless_rules").unwrap_or_default() {
        match before.get(word) {
            Some((place, _)) => places.push(*place),
            None => desk.mistake(at, "unknown_rule", vec![("word", word.to_owned())]),
        }
    }
    places
}

fn yields(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Yielding> {
    let when = conditions(desk, part, "yields_when");
    let Some((_, node)) = part.table.get("yields_to") else {
        if part.table.contains_key("yields_when") {
            desk.needed(part, "yields_to");
        }
        return None;
    };
    let known = || listed(Level::ALL.iter().map(|level| level.as_str()));
    let words = desk.texts(node, "yields_to")?;
    let to: Vec<_> = words
        .into_iter()
        .map(|word| desk.word(word, "level", Level::of_word, known))
        .collect();
    let to: Vec<Level> = to.into_iter().collect::<Option<_>>()?;
    Some(Yielding { to, when })
}

/// What the rule limits, and what it says of it.
fn said(
    desk: &mut Desk<'_>,
    part: Part<'_>,
    kind: &'static Kind,
    pack: &str,
) -> Option<(Quantity, Body)> {
    let measured = |desk: &mut Desk<'_>, of: Option<&str>, measure: Measure| {
        let quantity = Quantity {
            kind,
            of: of.map(Into::into),
        };
        let rule = number(desk, part, measure, &quantity.to_string())?;
        Some((quantity, Body::Number(Box::new(rule))))
    };
    let whole = Quantity { kind, of: None };
    match kind.says {
        Says::Number(measure) => measured(desk, None, measure),
        Says::NumberOf(known) => {
            let (text, at) = desk.needed_text(part, "of")?;
            let Some((name, measure)) = known.iter().find(|(name, _)| *name == text) else {
                let expected = listed(known.iter().map(|(name, _)| *name));
                wrong_subject(desk, at, text, expected, kind);
                return None;
            };
            measured(desk, Some(name), *measure)
        }
        Says::NumberOfArea(measure) => {
            let (text, at) = desk.needed_text(part, "of")?;
            if !text.contains('/') {
                wrong_subject(desk, at, text, "theme/kind".to_owned(), kind);
                return None;
            }
            measured(desk, Some(text), measure)
        }
        Says::Words => {
            let node = desk.needed(part, "words")?;
            let words = desk.texts(node, "words")?;
            let words = words.into_iter().map(|(word, _)| word.into()).collect();
            Some((whole, Body::Words(words)))
        }
        Says::Path => {
            let word = desk.needed_text(part, "path")?;
            let known = || listed(PermitPath::ALL.iter().map(|path| path.as_str()));
            let path = desk.word(word, "path", PermitPath::of_word, known)?;
            Some((whole, Body::Path(path)))
        }
        Says::Office => office(desk, part).map(|body| (whole, body)),
        Says::OfficerDecides => {
            let id = desk.optional_text(part, "id")?;
            let of = Some(format!("{pack}/{id}").into());
            Some((Quantity { kind, of }, Body::OfficerDecides))
        }
    }
}

fn wrong_subject(desk: &mut Desk<'_>, at: usize, found: &str, expected: String, kind: &Kind) {
    let values = vec![
        ("found", found.to_owned()),
        ("expected", expected),
        ("of", kind.name.to_owned()),
    ];
    desk.mistake(at, "wrong_subject", values);
}

fn office(desk: &mut Desk<'_>, part: Part<'_>) -> Option<Body> {
    let word = desk.needed_text(part, "office");
    let office = word.and_then(|word| {
        let known = || listed(competent_office::OFFICES);
        let found = |text: &str| {
            competent_office::OFFICES
                .iter()
                .copied()
                .find(|o| *o == text)
        };
        desk.word(word, "office", found, known)
    });
    let word = desk.needed_text(part, "reading")?;
    let known = || listed(Reading::ALL.iter().map(|reading| reading.as_str()));
    let reading = desk.word(word, "reading", Reading::of_word, known)?;
    Some(Body::Office {
        office: office?.into(),
        reading,
    })
}
