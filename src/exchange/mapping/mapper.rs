//! The mapper: one profile on one layer, feature by feature.

use super::columns::Columns;
use super::drawn::DrawnColumns;
use super::placing::{From, Placing};
use super::reading::{Read, Reading, unreadable};
use super::sample::Sample;
use super::stray::ToldBy;
use crate::cadastre::WardCode;
use crate::crs::{CrsError, Epsg, LonLat, Planes, Transforms, WorkingPlane};
use crate::exchange::profile::{Profile, Target};
use crate::exchange::source::{Format, Layer, RawFeature, RawGeometry};
use crate::exchange::stated_area::decided_by_measure;
use crate::exchange::{Draft, Finding, FindingCode, Note};

/// Why a profile does not fit a layer.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The layer lacks a field.
    #[error("layer `{layer}` has no field `{field}` for `{target}`, it has {has}")]
    NoSuchField {
        /// The source field, as the profile names it.
        field: String,
        /// The target field.
        target: String,
        /// The layer.
        layer: String,
        /// The fields it has.
        has: String,
    },
    /// Nobody says in which system the coordinates are.
    #[error("layer `{layer}` states no coordinate system that is known ({stated}), give `--crs`")]
    NoCrs {
        /// The layer.
        layer: String,
        /// What it states.
        stated: String,
    },
    /// The plane is not one of the city's.
    #[error("{0} is not a working plane of this city")]
    NotAPlane(Epsg),
    /// The system cannot be converted.
    #[error(transparent)]
    Crs(#[from] CrsError),
}

impl MappingError {
    pub(super) fn no_crs(layer: &Layer) -> Self {
        Self::NoCrs {
            layer: layer.name.clone(),
            stated: layer.crs.name.clone().unwrap_or_else(|| "none".to_owned()),
        }
    }
}

/// Where features come from, and what is known of the place.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The format of the source.
    pub format: Format,
    /// The layer.
    pub layer: &'a Layer,
    /// The system of the coordinates, when the user states it; before profile and file.
    pub crs: Option<Epsg>,
    /// The plane in which a ward's land is surveyed; decides where the zones of the city overlap
    /// and the source is in neither.
    pub plane_of_ward: Option<&'a dyn Fn(WardCode) -> Option<Epsg>>,
    /// The plane in which the land at a position is surveyed; decides for features that name no
    /// ward.
    pub plane_at: Option<&'a dyn Fn(LonLat) -> Option<Epsg>>,
}

/// What a feature became.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// The draft, unless the feature was rejected.
    pub draft: Option<Draft>,
    /// The rejection, or warnings.
    pub findings: Vec<Finding>,
}

/// Turns features of one layer into drafts, as one profile says.
pub struct Mapper<'a> {
    pub(super) profile: &'a Profile,
    pub(super) columns: Columns,
    pub(super) placing: Placing<'a>,
    pub(super) drawn: Option<DrawnColumns>,
    pub(super) plane_of_ward: Option<&'a dyn Fn(WardCode) -> Option<Epsg>>,
    pub(super) plane_at: Option<&'a dyn Fn(LonLat) -> Option<Epsg>>,
    heights_dropped: u64,
    /// Registered areas with two readings, of which the measured area bore out one.
    pub(super) by_measure: u64,
    texts: Sample,
}

impl<'a> Mapper<'a> {
    /// Fits a profile to a layer.
    ///
    /// The system of the coordinates is the one in `origin`, else the profile's, else the
    /// layer's. Where nobody says one and the layer has a field for `plane`, each feature is in
    /// metres of the plane it names: so this program exports CSV.
    ///
    /// # Errors
    /// [`MappingError`] when it does not fit, or nobody says where the coordinates are.
    pub fn new(
        profile: &'a Profile,
        origin: Origin<'a>,
        planes: &'a Planes,
        transforms: &'a Transforms,
    ) -> Result<Self, MappingError> {
        let layer = origin.layer;
        let columns = Columns::new(profile, layer, origin.format)?;
        let from = match (origin.crs, profile.crs, layer.epsg()) {
            (Some(system), ..) => (From::System(system), ToldBy::Option),
            (None, Some(system), _) => (From::System(system), ToldBy::Profile),
            (None, None, Some(system)) => (From::System(system), ToldBy::File),
            _ if columns.has("plane") => (From::StatedPlane, ToldBy::Plane),
            _ => {
                return Err(MappingError::no_crs(layer));
            }
        };
        let fields = profile.drawing.as_ref();
        let drawn = fields.map(|f| DrawnColumns::new(f, layer)).transpose()?;
        let order = profile.axis_order;
        Ok(Self {
            profile,
            columns,
            placing: Placing::new(planes, transforms, from, order, profile.plane)?,
            drawn,
            plane_of_ward: origin.plane_of_ward,
            plane_at: origin.plane_at,
            heights_dropped: 0,
            by_measure: 0,
            texts: Sample::default(),
        })
    }

    /// Whether the layer has a field for a target field, or the profile a constant.
    pub fn states(&self, target: &str) -> bool {
        self.columns.has(target) || self.profile.constants.contains_key(target)
    }

    /// What the profile makes of the fields of the layer; nothing of a drawing's, which are those
    /// of its format.
    pub fn notes(&self) -> Vec<Note> {
        match self.drawn {
            Some(_) => Vec::new(),
            None => self.columns.notes(),
        }
    }

    /// What there is to know of the layer when all of it was read.
    pub fn notes_at_end(&self) -> Vec<Note> {
        let notes = [
            decided_by_measure(self.by_measure),
            self.texts.note(&self.columns),
        ];
        notes.into_iter().flatten().collect()
    }

    /// Looks at the texts of a feature, to tell in the end what encoding they look like.
    pub fn look_at_texts(&mut self, feature: &RawFeature) {
        match &self.drawn {
            Some(drawn) => self.texts.take(feature, drawn.text.into_iter()),
            None => self.texts.take(feature, self.columns.read()),
        }
    }

    /// Turns one feature into a draft, or into the finding that keeps it out.
    pub fn map(&mut self, feature: &RawFeature) -> Mapped {
        let number = feature.feature_number();
        let geometry = feature.geometry.as_ref();
        self.heights_dropped += u64::from(geometry.is_some_and(|g| g.flattened));
        let draft = match self.profile.target {
            Target::Parcels => self.parcel(feature).map(|(parcel, by_measure)| {
                self.by_measure += u64::from(by_measure);
                Draft::Parcel(Box::new(parcel))
            }),
            _ => self
                .planning_feature(feature)
                .map(|f| Draft::Feature(Box::new(f))),
        };
        match draft {
            Ok(draft) => {
                let curves = geometry.is_some_and(|g| g.curves);
                let warning = || Finding::warning(FindingCode::CurvesFlattened, "", &[]);
                let warned = curves.then(|| self.placed(warning().about(number), feature));
                Mapped {
                    draft: Some(draft),
                    findings: warned.into_iter().collect(),
                }
            }
            Err(finding) => Mapped {
                draft: None,
                findings: vec![self.placed(finding.about(number), feature)],
            },
        }
    }

    /// The finding at the first coordinate of its feature, unless it says its place itself or the
    /// feature lies nowhere.
    fn placed(&self, finding: Finding, feature: &RawFeature) -> Finding {
        let place = || {
            let geometry = geometry(feature).ok()?;
            let plane = self.plane(&self.reading(feature), geometry, &|_| None);
            let plane = plane.ok()?;
            let first = geometry.coordinates().next()?;
            let at = plane.metres(self.placing.point(plane, first).ok()?);
            Some((plane.epsg, at))
        };
        match place().filter(|_| finding.place_m.is_none()) {
            Some((plane, at)) => finding.at(plane, at),
            None => finding,
        }
    }

    /// How many features had heights or measures, which the register does not keep.
    pub const fn heights_dropped(&self) -> u64 {
        self.heights_dropped
    }

    pub(super) fn reading<'b>(&'b self, feature: &'b RawFeature) -> Reading<'b> {
        Reading {
            columns: &self.columns,
            feature,
            dates: &self.profile.dates,
            decimal: self.profile.decimal,
        }
    }

    pub(super) fn geometry<'b>(&self, feature: &'b RawFeature) -> Read<&'b RawGeometry> {
        geometry(feature)
    }

    /// The plane of a feature; a stated one must be the city's. `of_land` tells in which plane the
    /// land at a position is surveyed, where the zones of the city overlap.
    pub(super) fn plane(
        &self,
        reading: &Reading<'_>,
        geometry: &RawGeometry,
        of_land: &dyn Fn(LonLat) -> Option<Epsg>,
    ) -> Read<&'a WorkingPlane> {
        let stated = match reading.found("plane")? {
            None => None,
            Some(found) => {
                let code = found.text.trim_start_matches("EPSG:").parse().ok();
                let plane = code.and_then(|code| self.placing.known(Epsg(code)));
                Some(plane.ok_or_else(|| unreadable(&found, "EPSG:9210, EPSG:5899"))?)
            }
        };
        self.placing.plane_of(geometry, stated, of_land)
    }
}

/// The geometry of a feature, when there is something in it.
pub(super) fn geometry(feature: &RawFeature) -> Read<&RawGeometry> {
    let geometry = feature.geometry.as_ref().filter(|g| !g.is_empty());
    let missing = || Finding::rejection(FindingCode::MissingGeometry, "", &[]);
    geometry.ok_or_else(|| Box::new(missing()))
}
