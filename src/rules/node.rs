//! The text of a pack as a tree in which everything knows its place and numbers are decimals.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place in the text, in bytes.
#[derive(Debug, Clone)]
pub struct Node {
    /// Place.
    pub at: Range<usize>,
    /// Value.
    pub content: Content,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Content {
    /// A text.
    Text(String),
    /// A number, exactly as written; `None` for one that is no decimal, with its text.
    Number(Option<Decimal>, String),
    /// True or false.
    Truth(bool),
    /// A date, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Members by name, each name with its place.
pub type Table = BTreeMap<String, (Range<usize>, Node)>;

/// A text that is not TOML: why, and where.
pub struct NotToml {
    /// What was found and expected.
    pub reason: String,
    /// Place in bytes.
    pub at: usize,
}

/// Reads a text; what is not TOML is told with every place where it is not.
pub fn read(text: &str) -> Result<Table, Vec<NotToml>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(table_of(table.get_ref()));
    }
    let told = errors.iter().map(|error| NotToml {
        reason: error.message().to_owned(),
        at: error.span().map_or(0, |span| span.start),
    });
    Err(told.collect())
}

fn table_of(table: &DeTable<'_>) -> Table {
    let members = table.iter().map(|(name, value)| {
        let place = name.span();
        (name.get_ref().to_string(), (place, node_of(value)))
    });
    members.collect()
}

fn node_of(value: &Spanned<DeValue<'_>>) -> Node {
    let content = match value.get_ref() {
        DeValue::String(text) => Content::Text(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => number_of(number.as_str()),
        DeValue::Integer(number) => Content::Number(None, number.to_string()),
        DeValue::Float(number) => number_of(number.as_str()),
        DeValue::Boolean(truth) => Content::Truth(*truth),
        DeValue::Datetime(date) => Content::Date(date.to_string()),
        DeValue::Array(items) => Content::List(items.iter().map(node_of).collect()),
        DeValue::Table(table) => Content::Table(table_of(table)),
    };
    Node {
        at: value.span(),
        content,
    }
}

fn number_of(text: &str) -> Content {
    let exact = Decimal::from_str_exact(text).ok();
    Content::Number(exact.map(|n| n.normalize()), text.to_owned())
}

impl Content {
    /// What it is, as a word for people who write packs.
    pub const fn sort(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(..) => "number",
            Self::Truth(_) => "true or false",
            Self::Date(_) => "date",
            Self::List(_) => "list",
            Self::Table(_) => "table",
        }
    }
}

/// A table as JSON whose canonical form does not depend on white space, comments or the order of
/// keys; numbers and dates are texts, so no reader rounds them.
pub fn json(table: &Table) -> Value {
    let members = table
        .iter()
        .map(|(name, (_, node))| (name.clone(), json_of(node)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn json_of(node: &Node) -> Value {
    match &node.content {
        Content::Text(text) | Content::Date(text) => Value::String(text.clone()),
        Content::Number(Some(number), _) => Value::String(number.to_string()),
        Content::Number(None, text) => Value::String(text.clone()),
        Content::Truth(truth) => Value::Bool(*truth),
        Content::List(items) => Value::Array(items.iter().map(json_of).collect()),
        Content::Table(table) => json(table),
    }
}
