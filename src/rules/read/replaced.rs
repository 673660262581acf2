//! A pack with one rule in other words, read by the reader of packs.

use super::desk::Desk;
use super::pack;
use crate::rules::mistake::Mistake;
use crate::rules::node::{self, Content, Node, Table};
use crate::rules::pack::Pack;

/// Reads a rule in the place of the one with its id: as it stands in a pack file, with or without
/// `[[rule]]` above it. `name` stands in mistakes, whose lines are those of the text.
///
/// # Errors
/// Every [`Mistake`] of the text; another id than that of the rule is one.
pub fn replace_rule(
    held: &Pack,
    id: &str,
    (name, text): (&str, &str),
) -> Result<Pack, Vec<Mistake>> {
    let mut desk = Desk::new(name, text);
    let Some(table) = desk.table() else {
        return Err(desk.mistakes());
    };
    let rule = alone(table);
    if let Some((at, other)) = other_id(&rule, id) {
        let values = vec![
            ("word", other),
            ("what", "id".to_owned()),
            ("expected", id.to_owned()),
        ];
        desk.mistake(at, "unknown_word", values);
    }
    // The held pack was read from this text, so it is TOML.
    let mut whole = node::read(&held.toml).unwrap_or_default();
    if let Some((_, rules)) = whole.get_mut("rule")
        && let Content::List(rules) = &mut rules.content
    {
        let place = held.rules.iter().position(|known| known.id == id);
        if let Some(held) = place.and_then(|place| rules.get_mut(place)) {
            *held = rule;
        }
    }
    let pack = pack::read(&mut desk, &whole);
    match pack {
        Some(pack) if desk.is_clean() => Ok(Pack {
            file: held.file.clone(),
            ..pack
        }),
        _ => Err(desk.mistakes()),
    }
}

/// The one rule of a text.
fn alone(table: Table) -> Node {
    if table.len() == 1
        && let Some((_, rules)) = table.get("rule")
        && let Content::List(rules) = &rules.content
        && let [rule] = &rules[..]
    {
        return rule.clone();
    }
    Node {
        at: 0..0,
        content: Content::Table(table),
    }
}

/// The id of a rule when it is another one; a rule without id is told by the reader.
fn other_id(rule: &Node, id: &str) -> Option<(usize, String)> {
    let Content::Table(members) = &rule.content else {
        return None;
    };
    let (_, node) = members.get("id")?;
    match &node.content {
        Content::Text(other) if other != id => Some((node.at.start, other.clone())),
        _ => None,
    }
}
