//! The features of one layer as they come from the child, each checked against its layer.

use std::sync::Arc;

use super::error::Error;
use super::feature::{Layer, RawFeature};
use super::format::Format;
use super::frame::{Answer, WireFeature};
use super::open::Source;
use crate::exchange::several::among_several;

/// The features of one layer.
pub struct Features<'a> {
    source: &'a mut Source,
    fields: Arc<[String]>,
    ready: std::vec::IntoIter<WireFeature>,
    seen: u64,
    handed_out: i64,
    ended: bool,
}

impl<'a> Features<'a> {
    /// The features that the child has been told to send.
    pub(super) fn new(source: &'a mut Source, layer: &Layer) -> Self {
        Self {
            source,
            fields: Arc::clone(&layer.fields),
            ready: Vec::new().into_iter(),
            seen: 0,
            handed_out: 0,
            ended: false,
        }
    }

    /// Fetches the next frame; false at the end of the layer.
    fn fetch(&mut self) -> Result<bool, Error> {
        match self.source.answer()? {
            Answer::Features(features) => {
                self.seen += features.len() as u64;
                if self.seen > self.source.limits.features {
                    return Err(self.nonsense("more features than are allowed"));
                }
                if features.iter().any(|f| f.values.len() != self.fields.len()) {
                    return Err(self.nonsense("a feature with other fields than its layer"));
                }
                self.ready = features.into_iter();
                Ok(true)
            }
            Answer::End { features } if features == self.seen => {
                if self.source.unchanged() {
                    Ok(false)
                } else {
                    Err(Error::Changed(self.source.path.clone()))
                }
            }
            Answer::End { .. } => Err(self.nonsense("a wrong count of features")),
            other => self.source.refuse_or_note(other).map(|()| true),
        }
    }

    /// What tells a feature from all others of its layer. An `id` in GeoJSON or GML may stand on
    /// several features, as on the versions of one parcel, so there it is the place in the file,
    /// from 1.
    fn number(&self, stated: i64) -> Result<i64, Error> {
        let number = match self.source.format() {
            Format::GeoJson | Format::Gml => self.handed_out + 1,
            _ => stated,
        };
        let Some(place) = self.source.place else {
            return Ok(number);
        };
        among_several(place, number).ok_or_else(|| Error::NotAmongSeveral {
            path: self.source.path.clone(),
            number,
        })
    }

    fn nonsense(&self, cause: &str) -> Error {
        Error::Nonsense {
            path: self.source.path.clone(),
            cause: cause.to_owned(),
        }
    }
}

impl Iterator for Features<'_> {
    type Item = Result<RawFeature, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Some(wire) = self.ready.next() {
                let number = match self.number(wire.number) {
                    Ok(number) => number,
                    Err(e) => {
                        self.ended = true;
                        return Some(Err(e));
                    }
                };
                self.handed_out += 1;
                return Some(Ok(RawFeature {
                    number,
                    fields: Arc::clone(&self.fields),
                    values: wire.values,
                    geometry: wire.geometry,
                }));
            }
            match self.fetch() {
                Ok(more) => self.ended = !more,
                Err(e) => {
                    self.ended = true;
                    return Some(Err(e));
                }
            }
        }
        None
    }
}
