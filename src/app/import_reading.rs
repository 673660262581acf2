//! Reading the files of an import: each by its profile, and once more what is kept whole.

use std::collections::BTreeSet;

use super::Error;
use super::import_file::{Import, Progress, refused};
use crate::cadastre::WardCode;
use crate::crs::{Epsg, LonLat};
use crate::exchange::Finding;
use crate::exchange::intake::{Read, read_layer, whole_features};
use crate::exchange::kept::KeptFeature;
use crate::exchange::mapping::{Mapper, Origin};
use crate::exchange::source::Source;

/// On which plane land is surveyed, where the zones of the city overlap and a file is in neither.
#[derive(Clone, Copy, Default)]
pub(super) struct Surveyed<'a> {
    /// By the ward that a feature names.
    pub of_ward: Option<&'a dyn Fn(WardCode) -> Option<Epsg>>,
    /// By its position.
    pub at: Option<&'a dyn Fn(LonLat) -> Option<Epsg>>,
}

impl Import<'_> {
    /// What each file yields before it is judged, in the order of the files.
    pub(super) fn read(
        &self,
        sources: &mut [Source],
        surveyed: Surveyed<'_>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Vec<Read>, Error> {
        let city = &self.reference.city;
        let (mut reads, mut before, of) = (Vec::new(), 0, self.opened.feature_count());
        for (file, source) in self.opened.files.iter().zip(sources) {
            let origin = Origin {
                format: source.format(),
                layer: &file.layer,
                crs: self.order.crs,
                plane_of_ward: surveyed.of_ward,
                plane_at: surveyed.at,
            };
            let mapper = Mapper::new(&file.profile, origin, &city.planes, &city.transforms);
            let mut mapper = mapper.map_err(refused)?;
            let is_drawing = file.profile.drawing.is_some();
            let mut step = |read| {
                let read = before + read;
                progress(Progress::Reading { read, of });
            };
            let read = read_layer(source, &file.layer, &mut mapper, is_drawing, &mut step);
            let read = read.map_err(refused)?;
            before += read.elements;
            reads.push(self.opened.about(read, file));
            self.opened.rest(source);
        }
        Ok(reads)
    }

    /// The features of these numbers as they stand in their files, each with the findings about
    /// it.
    pub(super) fn read_whole(
        &self,
        sources: &mut [Source],
        numbers: &BTreeSet<i64>,
        findings: &[Finding],
    ) -> Result<Vec<KeptFeature>, Error> {
        let mut kept = Vec::new();
        for (file, source) in self.opened.files.iter().zip(sources) {
            let whole = whole_features(numbers, findings, source, &file.layer, file.crs);
            kept.extend(whole.map_err(refused)?);
            self.opened.rest(source);
        }
        Ok(kept)
    }
}
