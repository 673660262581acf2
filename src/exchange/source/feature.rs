//! What a file holds, as it holds it: layers, fields with their raw bytes, geometry in `f64`.

use std::sync::Arc;

use crate::crs::Epsg;
use crate::exchange::FeatureNumber;

/// The reference system a layer states.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct StatedCrs {
    /// Its EPSG code, when it has one or matches one beyond doubt.
    pub epsg: Option<u32>,
    /// Its name, as the file gives it.
    pub name: Option<String>,
}

/// One layer of a source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Layer {
    /// Name.
    pub name: String,
    /// Names of its fields, in order; bytes that are not UTF-8 are replaced.
    pub fields: Arc<[String]>,
    /// What the layer states about its coordinates.
    pub crs: StatedCrs,
    /// How many features it says it has, when that is known without reading them.
    pub feature_count: Option<u64>,
}

impl Layer {
    /// The reference system, when the layer states one that has an EPSG code.
    pub fn epsg(&self) -> Option<Epsg> {
        self.crs.epsg.map(Epsg)
    }
}

/// Bytes of a text, in whatever encoding the source has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RawText(pub Vec<u8>);

impl serde::Serialize for RawText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for RawText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl<'de> serde::de::Visitor<'de> for Bytes {
            type Value = RawText;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<RawText, E> {
                Ok(RawText(bytes.to_vec()))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut seq: A,
            ) -> Result<RawText, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(RawText(bytes))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub enum Value {
    /// Not set.
    #[default]
    Null,
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// A text, not yet decoded.
    Text(RawText),
    /// A date as year, month, day; a time of day is dropped.
    Date(i32, u8, u8),
    /// A value of a type that no profile reads (lists, binaries), by the name of its type.
    Other(String),
}

/// A coordinate as the source has it: first and second ordinate in GIS order (x, then y).
pub type Xy = [f64; 2];

/// A geometry in doubles, taken apart; a collection has several kinds at once.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
pub struct RawGeometry {
    /// Points.
    pub points: Vec<Xy>,
    /// Lines.
    pub lines: Vec<Vec<Xy>>,
    /// Polygons: rings, the shell first, each closed as in the source.
    pub areas: Vec<Vec<Vec<Xy>>>,
    /// Heights or measures were there and have been dropped.
    pub flattened: bool,
    /// Arcs were there and have been turned into chords.
    pub curves: bool,
}

impl RawGeometry {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty() && self.lines.is_empty() && self.areas.is_empty()
    }

    /// All coordinates.
    pub fn coordinates(&self) -> impl Iterator<Item = Xy> + '_ {
        let lines = self.lines.iter().flatten();
        let areas = self.areas.iter().flatten().flatten();
        self.points.iter().chain(lines).chain(areas).copied()
    }
}

/// A feature as the source holds it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RawFeature {
    /// Its number in the source.
    pub number: i64,
    /// Names of the fields.
    pub fields: Arc<[String]>,
    /// Values, one per name.
    pub values: Vec<Value>,
    /// Geometry, when there is one.
    pub geometry: Option<RawGeometry>,
}

impl RawFeature {
    /// A feature that says nothing, so that only constants are read from it.
    pub fn empty() -> Self {
        Self {
            number: 0,
            fields: Arc::from([]),
            values: Vec::new(),
            geometry: None,
        }
    }

    /// Its number as findings give it.
    pub fn feature_number(&self) -> FeatureNumber {
        FeatureNumber(self.number)
    }

    /// The value of a field, by its exact name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        let index = self.fields.iter().position(|f| f == name)?;
        self.values.get(index)
    }

    /// Names and values in order.
    pub fn named_values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields
            .iter()
            .map(String::as_str)
            .zip(self.values.iter())
    }
}
