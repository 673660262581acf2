//! Features kept whole beside the register: rejected ones, and originals of repaired ones.

use std::sync::Arc;

use serde_json::json;

use super::Finding;
use super::source::{RawFeature, RawGeometry, RawText, Value};
use crate::geometry::wkb::{Geometry, decode_wkb, encode_wkb};

/// A feature as its source has it, in the form in which a store keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptFeature {
    /// Its number in the source.
    pub feature: i64,
    /// Layer of the source.
    pub layer: String,
    /// Names and values in order, as a JSON array of pairs; bytes of unknown encoding as
    /// `{"bytes": "c4e3"}`.
    pub attributes: String,
    /// EPSG code of its coordinates.
    pub crs: Option<u32>,
    /// Its geometry in WKB, in those coordinates.
    pub wkb: Option<Vec<u8>>,
    /// Why it is kept, as a JSON array of findings.
    pub findings: String,
}

/// An import as a store records it, in the transaction of its edit.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRecord {
    /// SHA-256 of the file and what belongs to it, in hexadecimal digits.
    pub content_hash: String,
    /// Name of the file without its folder.
    pub file_name: String,
    /// Dataset it is a state of.
    pub dataset: String,
    /// Name of the field profile.
    pub profile: String,
    /// Counts in and out, as a JSON object.
    pub counts: String,
    /// The report, as canonical JSON.
    pub report: String,
    /// What is kept whole.
    pub kept: Vec<KeptFeature>,
}

/// The fields that a file of rejected features has beside their own: why the feature was rejected,
/// its number there, and the file that it came in. They are read by nobody, and tell what the file
/// is.
pub const REJECTED_FIELDS: [&str; 3] = ["rejected_reason", "rejected_feature", "rejected_source"];

/// Whether a field is one of [`REJECTED_FIELDS`], cut to ten characters in a Shapefile.
pub fn is_of_rejection(field: &str) -> bool {
    let field = field.to_lowercase();
    let is = |name: &&str| *name == field || (field.len() == 10 && name.starts_with(&field));
    REJECTED_FIELDS.iter().any(is)
}

/// Whether a layer with these fields is one of rejected features.
pub fn holds_rejected(fields: &[String]) -> bool {
    let count = fields.iter().filter(|field| is_of_rejection(field)).count();
    count == REJECTED_FIELDS.len()
}

/// A kept feature that cannot be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kept feature `{feature}` cannot be read back: {reason}")]
pub struct Unreadable {
    /// Its number in its source.
    pub feature: i64,
    /// What is wrong.
    pub reason: String,
}

impl KeptFeature {
    /// Takes a feature with the findings about it.
    pub fn of(raw: &RawFeature, layer: &str, crs: Option<u32>, findings: &[&Finding]) -> Self {
        let pairs = raw
            .named_values()
            .map(|(name, value)| json!([name, as_json(value)]));
        let geometry = raw.geometry.as_ref().filter(|g| !g.is_empty());
        Self {
            feature: raw.number,
            layer: layer.to_owned(),
            attributes: serde_json::Value::Array(pairs.collect()).to_string(),
            crs,
            wkb: geometry.map(|g| encode_wkb(&whole(g))),
            findings: json!(findings).to_string(),
        }
    }

    /// The feature as it was read.
    ///
    /// # Errors
    /// [`Unreadable`] when a store gave back something else than it was given.
    pub fn raw(&self) -> Result<RawFeature, Unreadable> {
        let unreadable = |reason: String| Unreadable {
            feature: self.feature,
            reason,
        };
        let pairs: Vec<(String, serde_json::Value)> =
            serde_json::from_str(&self.attributes).map_err(|e| unreadable(e.to_string()))?;
        let (names, values): (Vec<String>, Vec<Value>) = pairs
            .into_iter()
            .map(|(name, value)| (name, from_json(&value)))
            .unzip();
        let geometry = match &self.wkb {
            Some(bytes) => {
                let geometry = decode_wkb(bytes).map_err(|e| unreadable(e.to_string()))?;
                Some(taken_apart(geometry))
            }
            None => None,
        };
        Ok(RawFeature {
            number: self.feature,
            fields: Arc::from(names),
            values,
            geometry,
        })
    }
}

fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => json!(null),
        Value::Integer(number) => json!(number),
        Value::Real(number) => json!({ "real": number }),
        Value::Date(year, month, day) => json!({ "date": [year, month, day] }),
        Value::Other(kind) => json!({ "other": kind }),
        Value::Text(raw) => match std::str::from_utf8(&raw.0) {
            Ok(text) => json!(text),
            Err(_) => {
                let digits: String = raw.0.iter().map(|byte| format!("{byte:02x}")).collect();
                json!({ "bytes": digits })
            }
        },
    }
}

fn from_json(value: &serde_json::Value) -> Value {
    let member = |name: &str| value.get(name);
    if let Some(text) = value.as_str() {
        Value::Text(RawText(text.as_bytes().to_vec()))
    } else if let Some(number) = value.as_i64() {
        Value::Integer(number)
    } else if let Some(number) = member("real").and_then(serde_json::Value::as_f64) {
        Value::Real(number)
    } else if let Some(digits) = member("bytes").and_then(serde_json::Value::as_str) {
        Value::Text(RawText(from_hexadecimal(digits)))
    } else if let Some([year, month, day]) = member("date").and_then(whole_numbers) {
        let small = |n: i64| u8::try_from(n).unwrap_or_default();
        Value::Date(
            i32::try_from(year).unwrap_or_default(),
            small(month),
            small(day),
        )
    } else if let Some(kind) = member("other").and_then(serde_json::Value::as_str) {
        Value::Other(kind.to_owned())
    } else {
        Value::Null
    }
}

fn whole_numbers(value: &serde_json::Value) -> Option<[i64; 3]> {
    let numbers: Option<Vec<i64>> = value
        .as_array()?
        .iter()
        .map(serde_json::Value::as_i64)
        .collect();
    numbers?.try_into().ok()
}

fn from_hexadecimal(digits: &str) -> Vec<u8> {
    let pair = |i: usize| u8::from_str_radix(digits.get(i..i + 2)?, 16).ok();
    (0..digits.len()).step_by(2).filter_map(pair).collect()
}

/// The areas, else the lines, else the points.
fn whole(geometry: &RawGeometry) -> Geometry {
    if !geometry.areas.is_empty() {
        Geometry::MultiPolygon(geometry.areas.clone())
    } else if !geometry.lines.is_empty() {
        Geometry::MultiLineString(geometry.lines.clone())
    } else {
        Geometry::MultiPoint(geometry.points.clone())
    }
}

fn taken_apart(geometry: Geometry) -> RawGeometry {
    let mut apart = RawGeometry::default();
    match geometry {
        Geometry::MultiPoint(points) => apart.points = points,
        Geometry::MultiLineString(lines) => apart.lines = lines,
        Geometry::MultiPolygon(areas) => apart.areas = areas,
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::FindingCode;

    #[test]
    fn a_kept_feature_comes_back_as_it_was_bytes_of_an_old_encoding_included() {
        let raw = RawFeature {
            number: 7,
            fields: Arc::from(["SO_TO", "DT", "TEN", "NGAY", "TRONG"].map(str::to_owned)),
            values: vec![
                Value::Integer(12),
                Value::Real(66.0),
                Value::Text(RawText(vec![b'P', 0xb8, 0xff])),
                Value::Date(2024, 8, 1),
                Value::Null,
            ],
            geometry: Some(RawGeometry {
                areas: vec![vec![vec![[0.5, 1.0], [2.0, 1.0], [2.0, 3.0], [0.5, 1.0]]]],
                ..RawGeometry::default()
            }),
        };
        let finding = Finding::rejection(FindingCode::MissingField, "", &[("field", "SO_THUA")]);
        let kept = KeptFeature::of(&raw, "thua", Some(9210), &[&finding]);
        assert_eq!(kept.raw(), Ok(raw));
        assert!(kept.findings.contains("\"missing_field\""));
    }

    #[test]
    fn a_file_of_rejected_features_is_known_by_its_fields_also_cut_ones() {
        let all = REJECTED_FIELDS.map(str::to_owned);
        assert!(holds_rejected(&all));
        let cut = ["REJECTED_R", "REJECTED_F", "REJECTED_S", "SOTO"].map(str::to_owned);
        assert!(holds_rejected(&cut));
        assert!(!holds_rejected(&all[..2]));
        assert!(!is_of_rejection("rejected") && !is_of_rejection("rejected_by"));
    }

    #[test]
    fn every_real_number_comes_back_to_its_last_bit() {
        let mut bits = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..10_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                let text = as_json(&Value::Real(number)).to_string();
                let read = serde_json::from_str(&text).expect("JSON");
                assert_eq!(from_json(&read), Value::Real(number), "{text}");
            }
        }
    }

    #[test]
    fn a_store_that_gives_back_something_else_is_told() {
        let kept = KeptFeature {
            feature: 7,
            layer: String::new(),
            attributes: "{".to_owned(),
            crs: None,
            wkb: None,
            findings: "[]".to_owned(),
        };
        assert!(kept.raw().is_err_and(|e| e.to_string().contains("`7`")));
    }
}
