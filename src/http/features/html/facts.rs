//! What a feature says, for reading: names and values in the language of the page.

use std::fmt::Write;

use serde_json::Value;

use crate::http::features::members::{Kind, Member, members};
use crate::http::language::Language;
use crate::http::page_words::{PageWords, escaped};
use crate::land::items::Collection;

/// Writes what features of one collection say.
#[derive(Clone, Copy)]
pub struct Facts {
    /// The collection.
    pub collection: Collection,
    /// The language.
    pub language: Language,
}

impl Facts {
    /// What to call a feature, by its properties.
    pub fn title(self, id: i64, properties: &Value) -> String {
        let of = |name: &str| properties[name].as_str().filter(|text| !text.is_empty());
        let title = match self.collection {
            Collection::Parcels => of("label"),
            Collection::Wards => of("fullName").or(of("name")),
            Collection::Zones => of("code"),
            Collection::Roads => of("street"),
            Collection::Restrictions => of("legend"),
        };
        let nameless = || format!("{} {id}", self.language.text("html", "item", &[]));
        title.map_or_else(nameless, str::to_owned)
    }

    /// The most important of what it says, on one line, as HTML.
    pub fn brief(self, properties: &Value) -> String {
        let names: &[&str] = match self.collection {
            Collection::Parcels => &["registeredArea", "status"],
            Collection::Wards => &["kind", "code"],
            Collection::Zones => &["function", "storeysMax", "coverageMaxPercent"],
            Collection::Roads => &["width", "alley"],
            Collection::Restrictions => &["kind", "width"],
        };
        let wanted = members(self.collection).filter(|member| names.contains(&member.name));
        let said = wanted.filter_map(|member| {
            let value = self.value(&member, "", &properties[member.name])?;
            Some(format!("{}: {value}", self.name(member.name)))
        });
        said.collect::<Vec<_>>().join(" · ")
    }

    /// All that it says, as a list of names and values.
    pub fn all(self, properties: &Value) -> String {
        let mut rows = String::new();
        for member in members(self.collection) {
            if let Some(value) = self.value(&member, "", &properties[member.name]) {
                let name = self.name(member.name);
                let _ = write!(rows, "<div><dt>{name}</dt><dd>{value}</dd></div>");
            }
        }
        format!("<dl>{rows}</dl>")
    }

    fn name(self, path: &str) -> String {
        escaped(&self.language.text("property", path, &[]))
    }

    /// A value as HTML; nothing where nothing is held.
    fn value(self, member: &Member, path: &str, value: &Value) -> Option<String> {
        let words = PageWords {
            language: self.language,
        };
        let path = format!("{path}{}", member.name);
        Some(match (member.holds, value) {
            (_, Value::Null) => return None,
            (Kind::Object(inside), value) => self.inner(inside, &path, value)?,
            (Kind::Objects(inside), Value::Array(items)) => {
                let items: Vec<String> = items
                    .iter()
                    .filter_map(|item| self.inner(inside, &path, item))
                    .map(|item| format!("<li>{item}</li>"))
                    .collect();
                if items.is_empty() {
                    return None;
                }
                format!("<ul>{}</ul>", items.concat())
            }
            (Kind::Word(_), Value::String(word)) => escaped(&self.language.text("word", word, &[])),
            (Kind::Day, Value::String(day)) => {
                format!(
                    "<time datetime=\"{}\">{}</time>",
                    escaped(day),
                    date(self.language, day)
                )
            }
            (_, Value::String(text)) => escaped(text),
            (Kind::Whole, Value::Number(number)) => escaped(&number.to_string()),
            (_, Value::Number(number)) => words.number(number.as_f64()?, (0, 4)),
            (_, Value::Bool(truth)) => {
                let key = if *truth { "yes" } else { "no" };
                escaped(&self.language.text("html", key, &[]))
            }
            _ => return None,
        })
    }

    /// The members of an object on one line: a ward by its name with its code, others each with
    /// its name.
    fn inner(self, inside: &[Member], path: &str, value: &Value) -> Option<String> {
        if let (Some(name), Some(code)) = (value["name"].as_str(), value["code"].as_str())
            && inside.len() == 2
        {
            return Some(format!("{} ({})", escaped(name), escaped(code)));
        }
        let path = format!("{path}.");
        let said = inside.iter().filter_map(|member| {
            let value = self.value(member, &path, &value[member.name])?;
            let name = self.name(&format!("{path}{}", member.name));
            Some(format!("<span class=\"of\">{name}: </span>{value}"))
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

/// A date as people of a language write it.
pub(super) fn date(language: Language, day: &str) -> String {
    let parts: Vec<&str> = day.split('-').collect();
    match (language, parts.as_slice()) {
        (Language::Vietnamese, [year, month, day]) => format!("{day}/{month}/{year}"),
        _ => day.to_owned(),
    }
}
