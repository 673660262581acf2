//! How one target field is found among the fields of a source, and what is cut out of it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};

/// Where the value of a target field comes from.
///
/// In a profile: `"SOTO"` (this field, which must be there), `["SOTO", "SHBANDO"]` (the first of
/// these that is there), or a table with the keys below.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rule {
    /// Names of source fields, first choice first; letter case does not matter.
    pub fields: Vec<String>,
    /// Whether the layer must have one of them.
    pub required: bool,
    /// Several fields put together: `"{MAXA}-{SOTO}"`.
    pub template: Option<String>,
    /// First character to take, counted from 1.
    pub from: Option<usize>,
    /// How many characters to take.
    pub length: Option<usize>,
    /// Text at which the value is taken apart.
    pub split: Option<String>,
    /// Which part to take, counted from 1; the first when not said.
    pub part: Option<usize>,
    /// What source values mean; one that is not listed stays as it is.
    pub values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    field: Option<Names>,
    template: Option<String>,
    from: Option<usize>,
    length: Option<usize>,
    split: Option<String>,
    part: Option<usize>,
    #[serde(default)]
    values: BTreeMap<String, String>,
}

struct Names {
    names: Vec<String>,
    required: bool,
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rule = Rule::deserialize(deserializer)?;
        Ok(Self {
            names: rule.fields,
            required: rule.required,
        })
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyForm)
    }
}

struct AnyForm;

impl<'de> serde::de::Visitor<'de> for AnyForm {
    type Value = Rule;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name of a field, a list of names, or a table with `field` or `template`")
    }

    fn visit_str<E>(self, name: &str) -> Result<Rule, E> {
        Ok(Rule {
            fields: vec![name.to_owned()],
            required: true,
            ..Rule::default()
        })
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, seq: A) -> Result<Rule, A::Error> {
        let fields = Vec::<String>::deserialize(SeqAccessDeserializer::new(seq))?;
        Ok(Rule {
            fields,
            ..Rule::default()
        })
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Rule, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(map))?;
        let wrong = serde::de::Error::custom;
        let counted_from_zero = table.from == Some(0) || table.part == Some(0);
        match (&table.field, &table.template) {
            (None, None) => return Err(wrong("neither `field` nor `template` is given")),
            (Some(_), Some(_)) => return Err(wrong("`field` and `template` exclude each other")),
            _ if counted_from_zero => return Err(wrong("`from` and `part` count from 1")),
            _ if table.part.is_some() && table.split.is_none() => {
                return Err(wrong("`part` needs `split`"));
            }
            _ => {}
        }
        let names = table.field.unwrap_or(Names {
            names: Vec::new(),
            required: false,
        });
        Ok(Rule {
            fields: names.names,
            required: names.required,
            template: table.template,
            from: table.from,
            length: table.length,
            split: table.split,
            part: table.part,
            values: table.values,
        })
    }
}

impl Rule {
    /// Whether the rule takes every value as it is.
    pub fn takes_all(&self) -> bool {
        let whole = self.from.is_none() && self.length.is_none() && self.split.is_none();
        whole && self.values.is_empty()
    }

    /// What the rule takes out of a value; nothing where it finds nothing.
    ///
    /// ```
    /// # use diachinh::exchange::profile::Rule;
    /// let section = Rule { from: Some(7), length: Some(2), ..Rule::default() };
    /// assert_eq!(section.cut("354000ZB0012"), Some("ZB".to_owned()));
    /// assert_eq!(section.cut("354"), None);
    /// ```
    pub fn cut(&self, value: &str) -> Option<String> {
        let part = match &self.split {
            Some(at) => value.split(at.as_str()).nth(self.part.unwrap_or(1) - 1)?,
            None => value,
        };
        let from = self.from.unwrap_or(1) - 1;
        let length = self.length.unwrap_or(usize::MAX);
        let taken: String = part.chars().skip(from).take(length).collect();
        let taken = taken.trim();
        if taken.is_empty() {
            return None;
        }
        Some(
            self.values
                .get(taken)
                .map_or(taken, String::as_str)
                .to_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_split_then_cut_then_looked_up() {
        let rule: BTreeMap<String, Rule> = toml::from_str(
            "a = { field = \"NHAN\", split = \"/\", part = 2, length = 3, values = { odt = \"ODT\" } }",
        )
        .expect("a rule");
        assert_eq!(rule["a"].cut("12/odt-x"), Some("ODT".to_owned()));
        assert_eq!(rule["a"].cut("12"), None);
        assert!(rule["a"].required);
    }

    #[test]
    fn a_table_that_says_too_little_or_too_much_is_refused() {
        for text in [
            "a = {}",
            "a = { field = \"A\", template = \"{A}\" }",
            "a = { field = \"A\", from = 0 }",
            "a = { field = \"A\", part = 1 }",
            "a = { field = \"A\", lenght = 2 }",
            "a = 5",
        ] {
            assert!(
                toml::from_str::<BTreeMap<String, Rule>>(text).is_err(),
                "{text}"
            );
        }
    }
}
