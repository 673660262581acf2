//! What applies to a parcel: themes concerned, not concerned and without data.
//!
//! Read `theme.rs` for what is answered, `restriction.rs` for how much of the parcel something
//! takes, `gap.rs` for why nothing can be said, `roads.rs` for the
//! streets it lies on, `difference.rs` for two days side by side.

/// What changed between two days.
mod difference;
/// Why nothing can be said of a parcel, or of a part of it.
mod gap;
/// What concerns a parcel, and how much of it.
mod restriction;
/// The streets a parcel lies on, and what they leave of it.
mod roads;
/// One theme.
mod theme;

pub use difference::{Change, Difference, ParcelFact, ThemeDifference};
pub use gap::{Consulted, Gap, GapReason, LayerState};
pub use restriction::{Part, Restriction};
pub use roads::{Road, Roads};
pub use theme::{Concern, ThemeExtract};

use super::entry::Entry;
use super::frontage::FARTHEST_MM;
use super::plans::Reached;
use super::snapshot::Land;
use crate::cadastre::{Day, MeasuredArea, ParcelId, RegisteredArea, area_tolerance_mm2};
use crate::crs::Epsg;
use crate::geometry::{Envelope, MultiPolygon, Point, validity};
use crate::planning::{FeatureKind, PlanFeature, Theme, ThemeCatalogue};
use restriction::FoundShape;
use std::collections::BTreeMap;

/// What applies to a parcel on a day.
#[derive(Debug)]
pub struct Extract<'l> {
    /// The parcel, in the version of the day.
    pub parcel: Entry<'l>,
    /// Its shape, on its own plane.
    pub shape: MultiPolygon,
    /// Themes of the catalogue in its order, then others that the register holds.
    pub themes: Vec<ThemeExtract<'l>>,
    /// The streets it lies on.
    pub roads: Roads<'l>,
}

/// A parcel's ground, as everything is compared with it.
#[derive(Debug)]
struct Site<'s> {
    plane: Epsg,
    shape: &'s MultiPolygon,
    rings: Vec<&'s [Point]>,
    twice_mm2: i128,
    /// Whether it can be compared with anything.
    is_valid: bool,
    /// What two statements of its area may differ by.
    tolerance_mm2: i64,
}

impl Land {
    /// What applies to a parcel on a day, by the themes of a catalogue; nothing when the parcel is
    /// not there on that day.
    ///
    /// Everything is compared on the parcel's own plane, exactly: what only touches the parcel
    /// does not concern it. Shapes of another plane count as far as they are held on this one.
    pub fn extract<'l>(
        &'l self,
        id: ParcelId,
        catalogue: &'l ThemeCatalogue,
        date: Day,
    ) -> Option<Extract<'l>> {
        let row = self.rows_of_id(id).find(|&row| self.valid(row).has(date))?;
        let (parcel, shape) = (self.entry(row), self.shape(row));
        let (themes, roads) = {
            let site = Site::of(&parcel, &shape);
            let found = self.shapes_around(&site, date);
            let themes = self.themes_of(&site, &found, catalogue, date);
            let roads = found.iter().filter(|found| is_road(found.feature));
            let roads: Vec<FoundShape<'_>> = roads.copied().collect();
            let roads = Roads::beside(&site, &roads, &themes);
            (themes, roads)
        };
        Some(Extract {
            parcel,
            shape,
            themes,
            roads,
        })
    }

    /// The shapes of a day around a parcel, near enough to be a street it lies on.
    fn shapes_around(&self, site: &Site<'_>, date: Day) -> Vec<FoundShape<'_>> {
        let window = site.shape.envelope().filter(|_| site.is_valid);
        let Some(window) = window.map(|own| widened(&own)) else {
            return Vec::new();
        };
        let around = self.plans.in_window(site.plane, &window, date).into_iter();
        let mut found: Vec<FoundShape<'_>> = around
            .filter_map(|(feature, shape)| {
                let layer = self.plans.layer(&feature.layer)?;
                Some(FoundShape {
                    layer,
                    feature,
                    shape,
                })
            })
            .collect();
        found.sort_by_key(|f| (&f.layer.code, kind_rank(f.feature), f.feature.id));
        found
    }

    fn themes_of<'l>(
        &'l self,
        site: &Site<'_>,
        found: &[FoundShape<'l>],
        catalogue: &'l ThemeCatalogue,
        date: Day,
    ) -> Vec<ThemeExtract<'l>> {
        let mut layers: BTreeMap<&Theme, Vec<Consulted<'l>>> = BTreeMap::new();
        let mut reached = Reached::default();
        for layer in self.plans.layers() {
            if layer.theme != Theme::parcels() {
                let consulted = self.consult(site, layer, catalogue, date, &mut reached);
                layers.entry(&layer.theme).or_default().push(consulted);
            }
        }
        let listed = catalogue.themes().iter();
        let listed = listed.map(|theme| (&theme.theme, Some(theme)));
        let others: Vec<&Theme> = layers
            .keys()
            .copied()
            .filter(|t| !catalogue.lists(t))
            .collect();
        let all = listed.chain(others.into_iter().map(|theme| (theme, None)));
        let themes = all.map(|(theme, listed)| {
            let layers = layers.remove(theme).unwrap_or_default();
            let own = found.iter().filter(|found| found.layer.theme == *theme);
            ThemeExtract::new(site, theme, listed, layers, own.copied())
        });
        themes.collect()
    }
}

impl<'s> Site<'s> {
    fn of(parcel: &Entry<'_>, shape: &'s MultiPolygon) -> Self {
        let twice_mm2 = shape.twice_area();
        let measured = MeasuredArea::from_twice_mm2(twice_mm2);
        let area = parcel
            .registered_area
            .unwrap_or_else(|| RegisteredArea::from_hundredths_m2(measured.twice_mm2() / 20_000));
        Self {
            plane: parcel.plane,
            shape,
            rings: shape.rings().map(|ring| ring.0.as_slice()).collect(),
            twice_mm2,
            is_valid: validity::is_valid(shape),
            tolerance_mm2: area_tolerance_mm2(parcel.scale, area),
        }
    }
}

fn is_road(feature: &PlanFeature) -> bool {
    matches!(feature.kind, FeatureKind::RightOfWay(_))
}

/// Features have numbers of their own in each collection.
const fn kind_rank(feature: &PlanFeature) -> u8 {
    match feature.kind {
        FeatureKind::PlanUnit(_) => 0,
        FeatureKind::RightOfWay(_) => 1,
        FeatureKind::Corridor(_) | FeatureKind::Restriction { .. } => 2,
    }
}

/// A box with room on all sides for the farthest red line that a parcel may be said to lie on.
fn widened(own: &Envelope) -> Envelope {
    let moved = |p: Point, by: i32| Point::new(p.x() + by, p.y() + by).unwrap_or(p);
    Envelope {
        min: moved(own.min, -FARTHEST_MM),
        max: moved(own.max, FARTHEST_MM),
    }
}
