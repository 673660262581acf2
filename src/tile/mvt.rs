//! Mapbox Vector Tile 2.1 as bytes, written feature by feature without a tree in between.

use super::layer::TileField;
use super::matrix::EXTENT;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// Fields of the protobuf messages, each with its wire type in the lowest three bits.
mod field {
    pub const TILE_LAYER: u8 = 3 << 3 | 2;
    pub const LAYER_NAME: u8 = 1 << 3 | 2;
    pub const LAYER_FEATURE: u8 = 2 << 3 | 2;
    pub const LAYER_KEY: u8 = 3 << 3 | 2;
    pub const LAYER_VALUE: u8 = 4 << 3 | 2;
    pub const LAYER_EXTENT: u8 = 5 << 3;
    /// Field 15 takes one byte with its type: 120.
    pub const LAYER_VERSION: u8 = 15 << 3;
    pub const FEATURE_ID: u8 = 1 << 3;
    pub const FEATURE_TAGS: u8 = 2 << 3 | 2;
    pub const FEATURE_TYPE: u8 = 3 << 3;
    pub const FEATURE_GEOMETRY: u8 = 4 << 3 | 2;
    pub const VALUE_STRING: u8 = 1 << 3 | 2;
    pub const VALUE_DOUBLE: u8 = 3 << 3 | 1;
    pub const VALUE_UINT: u8 = 5 << 3;
    pub const VALUE_BOOL: u8 = 7 << 3;
}

/// What a feature's geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeometryKind {
    /// Points.
    Points = 1,
    /// Lines.
    Lines = 2,
    /// Polygons.
    Polygons = 3,
}

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Whole(u64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
}

/// The number of a value in its layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueNumber(u32);

/// A layer being written. Buffers are kept from tile to tile.
#[derive(Debug, Default)]
pub struct LayerWriter {
    features: Vec<u8>,
    values: Vec<u8>,
    value_count: u32,
    keys: Vec<&'static str>,
    tags: Vec<u8>,
    geometry: Vec<u8>,
    pen: [i32; 2],
    shared: HashMap<SharedValue, ValueNumber>,
}

/// A value as a key; numbers by their bits.
#[derive(Debug, PartialEq, Eq, Hash)]
enum SharedValue {
    Text(String),
    Whole(u64),
    Number(u64),
    Truth(bool),
}

impl SharedValue {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Whole(number) => Self::Whole(number),
            Value::Number(number) => Self::Number(number.to_bits()),
            Value::Truth(truth) => Self::Truth(truth),
        }
    }
}

impl LayerWriter {
    /// Begins a layer whose features may have these attributes.
    pub fn begin(&mut self, fields: &[TileField]) {
        self.features.clear();
        self.values.clear();
        self.value_count = 0;
        self.shared.clear();
        self.keys.clear();
        self.keys.extend(fields.iter().map(|field| field.name));
        self.begin_feature();
    }

    /// Adds a value; the caller keeps its number for the features that share it.
    pub fn value(&mut self, value: Value<'_>) -> ValueNumber {
        self.values.push(field::LAYER_VALUE);
        match value {
            Value::Text(text) => {
                let length = text.len() as u64;
                varint(&mut self.values, 1 + varint_length(length) + length);
                self.values.push(field::VALUE_STRING);
                varint(&mut self.values, length);
                self.values.extend_from_slice(text.as_bytes());
            }
            Value::Whole(number) => {
                varint(&mut self.values, 1 + varint_length(number));
                self.values.push(field::VALUE_UINT);
                varint(&mut self.values, number);
            }
            Value::Number(number) => {
                self.values.extend_from_slice(&[9, field::VALUE_DOUBLE]);
                self.values.extend_from_slice(&number.to_le_bytes());
            }
            Value::Truth(truth) => {
                self.values
                    .extend_from_slice(&[2, field::VALUE_BOOL, u8::from(truth)]);
            }
        }
        self.value_count += 1;
        ValueNumber(self.value_count - 1)
    }

    /// Whether the feature has any geometry yet.
    pub fn has_geometry(&self) -> bool {
        !self.geometry.is_empty()
    }

    fn begin_feature(&mut self) {
        self.tags.clear();
        self.geometry.clear();
        self.pen = [0, 0];
    }

    /// Gives the feature an attribute; `key` is the place of its name in the list of keys.
    pub fn tag(&mut self, key: usize, ValueNumber(value): ValueNumber) {
        varint(&mut self.tags, key as u64);
        varint(&mut self.tags, u64::from(value));
    }

    /// Gives the feature an attribute whose value is written once per layer.
    pub fn tag_shared(&mut self, key: usize, value: Value<'_>) {
        let name = SharedValue::of(value);
        let known = self.shared.get(&name).copied();
        let number = known.unwrap_or_else(|| {
            let number = self.value(value);
            self.shared.insert(name, number);
            number
        });
        self.tag(key, number);
    }

    /// Adds a closed ring to the feature; its first vertex is not repeated.
    pub fn ring(&mut self, vertices: impl ExactSizeIterator<Item = [i32; 2]>) {
        self.path(vertices);
        self.geometry.push(command(CLOSE_PATH, 1) as u8);
    }

    /// Adds a line to the feature.
    pub fn path(&mut self, mut vertices: impl ExactSizeIterator<Item = [i32; 2]>) {
        let Some(first) = vertices.next() else {
            return;
        };
        self.geometry.push(command(MOVE_TO, 1) as u8);
        self.go(std::iter::once(first));
        varint(&mut self.geometry, command(LINE_TO, vertices.len() as u32));
        self.go(vertices);
    }

    /// Adds points to the feature, once.
    pub fn points(&mut self, at: impl Iterator<Item = [i32; 2]> + Clone) {
        let count = at.clone().count() as u32;
        if count > 0 {
            varint(&mut self.geometry, command(MOVE_TO, count));
            at.for_each(|place| self.go(std::iter::once(place)));
        }
    }

    /// Goes from vertex to vertex, into room that is made once for all of them.
    fn go(&mut self, to: impl ExactSizeIterator<Item = [i32; 2]>) {
        let mut end = self.geometry.len();
        self.geometry.resize(end + to.len() * 2 * STEP_BYTES, 0);
        let mut pen = self.pen;
        for to in to {
            for (to, from) in to.into_iter().zip(pen) {
                let step = to - from;
                let zigzag = ((step << 1) ^ (step >> 31)) as u32;
                end = put_varint(&mut self.geometry, end, zigzag);
            }
            pen = to;
        }
        self.pen = pen;
        self.geometry.truncate(end);
    }

    /// Ends the feature; one without geometry is left out.
    pub fn end_feature(&mut self, id: Option<u64>, kind: GeometryKind) {
        if !self.geometry.is_empty() {
            let (tags, geometry) = (self.tags.len() as u64, self.geometry.len() as u64);
            let of_id = id.map_or(0, |id| 1 + varint_length(id));
            let of_tags = if tags == 0 {
                0
            } else {
                1 + varint_length(tags) + tags
            };
            let length = of_id + of_tags + 2 + 1 + varint_length(geometry) + geometry;
            let out = &mut self.features;
            out.push(field::LAYER_FEATURE);
            varint(out, length);
            if let Some(id) = id {
                out.push(field::FEATURE_ID);
                varint(out, id);
            }
            if tags > 0 {
                out.push(field::FEATURE_TAGS);
                varint(out, tags);
                out.extend_from_slice(&self.tags);
            }
            out.extend_from_slice(&[field::FEATURE_TYPE, kind as u8, field::FEATURE_GEOMETRY]);
            varint(out, geometry);
            out.extend_from_slice(&self.geometry);
        }
        self.begin_feature();
    }

    /// Appends the layer to a tile; a layer without features is left out.
    pub fn end(&mut self, name: &str, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let text = |text: &str| 1 + varint_length(text.len() as u64) + text.len() as u64;
        let keys: u64 = self.keys.iter().map(|key| text(key)).sum();
        let extent = EXTENT as u64;
        let length = 2
            + text(name)
            + (self.features.len() + self.values.len()) as u64
            + keys
            + 1
            + varint_length(extent);
        tile.reserve(length as usize + 8);
        tile.push(field::TILE_LAYER);
        varint(tile, length);
        tile.extend_from_slice(&[field::LAYER_VERSION, 2]);
        string(tile, field::LAYER_NAME, name);
        tile.extend_from_slice(&self.features);
        for key in &self.keys {
            string(tile, field::LAYER_KEY, key);
        }
        tile.extend_from_slice(&self.values);
        tile.push(field::LAYER_EXTENT);
        varint(tile, extent);
    }
}

/// Values that are looked through before any is hashed: a tile has few wards, sheets and uses.
const FEW: usize = 8;

/// The numbers of values that several features share, by what they were made from.
#[derive(Debug)]
pub struct Interned<K> {
    few: Vec<(K, ValueNumber)>,
    more: HashMap<K, ValueNumber>,
    /// Which of the few was asked for last: neighbours mostly share their values.
    last: usize,
}

impl<K> Default for Interned<K> {
    fn default() -> Self {
        Self {
            few: Vec::new(),
            more: HashMap::new(),
            last: 0,
        }
    }
}

impl<K: Eq + Hash> Interned<K> {
    /// The number of a value, written when it is needed for the first time.
    pub fn number<Q>(&mut self, key: &Q, write: impl FnOnce() -> ValueNumber) -> ValueNumber
    where
        K: Borrow<Q>,
        Q: ToOwned<Owned = K> + Eq + Hash + ?Sized,
    {
        if let Some((last, number)) = self.few.get(self.last)
            && last.borrow() == key
        {
            return *number;
        }
        if let Some(place) = self.few.iter().position(|(few, _)| few.borrow() == key) {
            self.last = place;
            return self.few[place].1;
        }
        if let Some(&number) = self.more.get(key) {
            return number;
        }
        let number = write();
        if self.few.len() < FEW {
            self.few.push((key.to_owned(), number));
        } else {
            self.more.insert(key.to_owned(), number);
        }
        number
    }
}

const MOVE_TO: u32 = 1;
const LINE_TO: u32 = 2;
const CLOSE_PATH: u32 = 7;

const fn command(command: u32, count: u32) -> u64 {
    (count << 3 | command) as u64
}

fn string(out: &mut Vec<u8>, tag: u8, text: &str) {
    out.push(tag);
    varint(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// Bytes of the longest step.
const STEP_BYTES: usize = 5;

/// Puts a varint where there is room for it, and answers where it ends.
#[inline]
fn put_varint(room: &mut [u8], mut at: usize, mut value: u32) -> usize {
    while value >= 0x80 {
        room[at] = value as u8 | 0x80;
        value >>= 7;
        at += 1;
    }
    room[at] = value as u8;
    at + 1
}

#[inline]
fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

const fn varint_length(value: u64) -> u64 {
    (70 - (value | 1).leading_zeros() as u64) / 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_varint_is_as_long_as_it_says() {
        for bits in 0..64 {
            for value in [1_u64 << bits, (1 << bits) - 1, u64::MAX >> bits] {
                let mut bytes = Vec::new();
                varint(&mut bytes, value);
                assert_eq!(bytes.len() as u64, varint_length(value), "{value}");
            }
        }
    }

    /// The example of the specification, 4.3.5.3 without its third polygon.
    #[test]
    fn a_polygon_is_written_as_the_specification_shows() {
        let mut layer = LayerWriter::default();
        layer.begin(&[]);
        layer.ring([[3, 6], [8, 12], [20, 34]].into_iter());
        assert_eq!(layer.geometry, [9, 6, 12, 18, 10, 12, 24, 44, 15]);
    }

    #[test]
    fn a_layer_without_features_and_a_feature_without_geometry_leave_no_byte() {
        let mut layer = LayerWriter::default();
        let mut tile = Vec::new();
        layer.begin(&[TileField {
            name: "name",
            meaning: "",
        }]);
        let value = layer.value(Value::Text("x"));
        layer.tag(0, value);
        layer.end_feature(Some(1), GeometryKind::Polygons);
        layer.end("parcels", &mut tile);
        assert!(tile.is_empty());
    }
}
