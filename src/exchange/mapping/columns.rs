//! Where the values of target fields are found in a layer: names looked up once, values cut out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::MappingError;
use super::cut_names::CutNames;
use crate::cadastre::names::fold;
use crate::exchange::kept::is_of_rejection;
use crate::exchange::profile::{Profile, Rule};
use crate::exchange::source::{Format, Layer, RawFeature, Value};
use crate::exchange::text::Encoding;
use crate::exchange::{Finding, FindingCode, Note};

/// Fields that this program writes for others and derives anew from the shape.
const DERIVED: [&str; 1] = ["measured_area_m2"];

/// The columns of one layer that a profile asks for.
#[derive(Debug)]
pub(super) struct Columns {
    found: BTreeMap<String, Column>,
    constants: BTreeMap<String, String>,
    names: Vec<String>,
    cut: CutNames,
    encoding: Encoding,
    in_unicode: bool,
}

#[derive(Debug)]
struct Column {
    rule: Rule,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Field(usize),
    Template(Vec<Piece>),
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Field(usize),
}

/// A value before it is read as what the target wants.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<'a> {
    /// What people call the place it came from.
    pub from: &'a str,
    /// Its text, never empty.
    pub text: Cow<'a, str>,
    /// The number itself, where the source has one and nothing was cut out of it.
    pub number: Option<f64>,
}

impl Columns {
    /// Looks up every field that the profile names.
    ///
    /// # Errors
    /// [`MappingError::NoSuchField`] when the layer lacks a field that it must have.
    pub fn new(profile: &Profile, layer: &Layer, format: Format) -> Result<Self, MappingError> {
        let cut = match format {
            Format::Shapefile => CutNames::of(profile, layer),
            _ => CutNames::default(),
        };
        let position = |name: &str| position(layer, name).or_else(|| cut.position(name));
        let mut found = BTreeMap::new();
        for (target, rule) in &profile.fields {
            let missing = |name: &str| MappingError::NoSuchField {
                field: name.to_owned(),
                target: target.clone(),
                layer: layer.name.clone(),
                has: layer.fields.join(", "),
            };
            let place = match &rule.template {
                Some(template) => Some(Place::Template(pieces(template, position, missing)?)),
                None => {
                    let mut names = rule.fields.iter();
                    let first = names.find_map(|name| position(name));
                    first.map(Place::Field)
                }
            };
            match place {
                Some(place) => {
                    let rule = rule.clone();
                    found.insert(target.clone(), Column { rule, place });
                }
                None if rule.required => return Err(missing(&rule.fields.join(", "))),
                None => {}
            }
        }
        Ok(Self {
            found,
            constants: profile.constants.clone(),
            names: layer.fields.to_vec(),
            cut,
            encoding: profile.encoding,
            in_unicode: format.is_unicode(),
        })
    }

    /// Whether the layer has a field for a target field.
    pub fn has(&self, target: &str) -> bool {
        self.found.contains_key(target)
    }

    /// What people call the place in the source where a target field is looked for.
    pub fn source_of(&self, target: &str) -> Option<&str> {
        let column = self.found.get(target)?;
        match &column.place {
            Place::Field(index) => self.names.get(*index).map(String::as_str),
            Place::Template(_) => column.rule.template.as_deref(),
        }
    }

    /// What the profile makes of the layer's fields: names that were cut and what they are read
    /// as, and the fields that are not read at all.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        let read_as_cut = self.found.iter().filter_map(|(target, column)| {
            let Place::Field(index) = column.place else {
                return None;
            };
            let name = self.names.get(index)?;
            let cut = column.rule.fields.iter();
            let cut = cut
                .map(|long| self.cut.position(long))
                .any(|at| at == Some(index));
            cut.then(|| format!("`{name}` → {target}"))
        });
        let read_as_cut: Vec<String> = read_as_cut.collect();
        if !read_as_cut.is_empty() {
            let fields = read_as_cut.join(", ");
            notes.push(Note::new("cut_fields", &[("fields", &fields)]));
        }
        for (field, targets) in &self.cut.unclear {
            let values = [("field", field.as_str()), ("targets", &targets.join(", "))];
            notes.push(Note::new("unclear_field", &values));
        }
        let mut unread = self.unread();
        unread.retain(|name| self.cut.unclear.iter().all(|(field, _)| field != name));
        if !unread.is_empty() {
            let quoted: Vec<String> = unread.iter().map(|name| format!("`{name}`")).collect();
            let (count, fields) = (unread.len().to_string(), quoted.join(", "));
            let values = [("count", count.as_str()), ("fields", &fields)];
            notes.push(Note::new("unread_fields", &values));
        }
        notes
    }

    /// The fields of the layer that no target field is read from.
    pub fn unread(&self) -> Vec<&str> {
        let read: BTreeSet<usize> = self.read().collect();
        let names = self.names.iter().enumerate();
        let unread = names.filter(|(index, name)| {
            !read.contains(index) && !is_of_rejection(name) && !DERIVED.contains(&name.as_str())
        });
        unread.map(|(_, name)| name.as_str()).collect()
    }

    /// The fields that target fields are read from, by their index.
    pub fn read(&self) -> impl Iterator<Item = usize> {
        let fields = |column: &Column| match &column.place {
            Place::Field(index) => vec![*index],
            Place::Template(pieces) => {
                let fields = pieces.iter().filter_map(|piece| match piece {
                    Piece::Field(index) => Some(*index),
                    Piece::Text(_) => None,
                });
                fields.collect()
            }
        };
        self.found.values().flat_map(fields)
    }

    /// The encoding that is stated, and whether the format itself is Unicode.
    pub const fn encoding(&self) -> (Encoding, bool) {
        (self.encoding, self.in_unicode)
    }

    /// The value of a target field; nothing where source and profile are silent.
    ///
    /// # Errors
    /// A finding for bytes that are not in the stated encoding, or a value of a type that cannot
    /// be read.
    pub fn find<'a>(
        &'a self,
        feature: &'a RawFeature,
        target: &str,
    ) -> Result<Option<Found<'a>>, Box<Finding>> {
        let found = match self.found.get(target) {
            Some(column) => self.take(feature, column)?,
            None => None,
        };
        Ok(found.or_else(|| self.constant(target)))
    }

    /// The profile's constant for a target field.
    fn constant(&self, target: &str) -> Option<Found<'_>> {
        let constant = self.constants.get_key_value(target);
        constant.map(|(target, text)| Found {
            from: target,
            text: Cow::Borrowed(text),
            number: text.parse().ok(),
        })
    }

    /// The text of a source field by its index, whatever the profile maps.
    ///
    /// # Errors
    /// As [`Columns::find`].
    pub fn text_of<'a>(
        &self,
        feature: &'a RawFeature,
        index: usize,
    ) -> Result<Option<Cow<'a, str>>, Box<Finding>> {
        let name = self.names.get(index).map_or("", String::as_str);
        let refuse = |code, values: &[(&str, &str)]| Box::new(Finding::rejection(code, "", values));
        let text = match feature.values.get(index) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Integer(number)) => Cow::Owned(number.to_string()),
            Some(Value::Real(number)) => Cow::Owned(number.to_string()),
            Some(Value::Date(y, m, d)) => Cow::Owned(format!("{y:04}-{m:02}-{d:02}")),
            Some(Value::Text(raw)) => {
                let decoded = self.encoding.decode(&raw.0, self.in_unicode);
                decoded.map_err(|refused| {
                    let encoding = refused.encoding.to_string();
                    let values = [("field", name), ("encoding", encoding.as_str())];
                    refuse(FindingCode::UnreadableText, &values)
                })?
            }
            Some(Value::Other(kind)) => {
                let values = [("field", name), ("value", kind), ("expected", "text")];
                return Err(refuse(FindingCode::UnreadableField, &values));
            }
        };
        Ok(Some(trimmed(text)).filter(|text| !text.is_empty()))
    }

    fn take<'a>(
        &'a self,
        feature: &'a RawFeature,
        column: &'a Column,
    ) -> Result<Option<Found<'a>>, Box<Finding>> {
        let (from, whole, value) = match &column.place {
            Place::Field(index) => (
                self.names.get(*index).map_or("", String::as_str),
                self.text_of(feature, *index)?,
                feature.values.get(*index),
            ),
            Place::Template(pieces) => (
                column.rule.template.as_deref().unwrap_or_default(),
                self.fill(feature, pieces)?.map(Cow::Owned),
                None,
            ),
        };
        let Some(whole) = whole else { return Ok(None) };
        let number = match value {
            Some(Value::Real(number)) => Some(*number),
            Some(Value::Integer(number)) => Some(*number as f64),
            _ => None,
        };
        if column.rule.takes_all() {
            return Ok(Some(Found {
                from,
                text: whole,
                number,
            }));
        }
        Ok(column.rule.cut(&whole).map(|text| Found {
            from,
            number: number.filter(|_| text == whole),
            text: Cow::Owned(text),
        }))
    }

    fn fill(&self, feature: &RawFeature, pieces: &[Piece]) -> Result<Option<String>, Box<Finding>> {
        let mut whole = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => whole.push_str(text),
                Piece::Field(index) => match self.text_of(feature, *index)? {
                    Some(text) => whole.push_str(&text),
                    None => return Ok(None),
                },
            }
        }
        Ok(Some(whole))
    }
}

/// The text without white space and zero bytes around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    fn around(text: &str) -> &str {
        text.trim_matches(|c: char| c.is_whitespace() || c == '\0')
    }
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(around(text)),
        Cow::Owned(text) if around(&text).len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(around(&text).to_owned()),
    }
}

/// The column of a name: exactly, else without regard to case, diacritics and underscores.
pub(super) fn position(layer: &Layer, name: &str) -> Option<usize> {
    let mut fields = layer.fields.iter();
    let exactly = fields.position(|f| f == name);
    let name = folded(name);
    exactly.or_else(|| layer.fields.iter().position(|f| folded(f) == name))
}

/// A name without case, diacritics and underscores.
pub(super) fn folded(name: &str) -> String {
    fold(name).replace(' ', "")
}

fn pieces(
    template: &str,
    position: impl Fn(&str) -> Option<usize>,
    missing: impl Fn(&str) -> MappingError,
) -> Result<Vec<Piece>, MappingError> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(missing(after));
        };
        let field = position(name).ok_or_else(|| missing(name))?;
        pieces.extend([Piece::Text(text.to_owned()), Piece::Field(field)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(pieces)
}
