//! Where the land of the city lies, by the borders of its wards, and on which plane.

use std::collections::BTreeSet;

use crate::cadastre::Ward;
use crate::crs::{Epsg, LonLat};
use crate::exchange::check::FAR_MM;
use crate::exchange::crossing::{Crossing, grown};
use crate::geometry::{Envelope, Location, Point, Shape, distance, intersects, locate};

/// The land of the city. Borders are drawn for display and not surveyed: what lies within
/// [`FAR_MM`] of one is taken to reach its ward.
pub struct CityLand<'a> {
    crossing: &'a Crossing<'a>,
    wards: Vec<(&'a Ward, Envelope, Shape)>,
}

impl<'a> CityLand<'a> {
    /// The land of these wards, of today and of before; those without a border tell nothing.
    pub fn new(wards: &'a [Ward], crossing: &'a Crossing<'a>) -> Self {
        let with_border = |ward: &'a Ward| {
            let bounds = grown(ward.border.envelope()?, FAR_MM as i32);
            Some((ward, bounds, Shape::Areas(ward.border.clone())))
        };
        Self {
            crossing,
            wards: wards.iter().filter_map(with_border).collect(),
        }
    }

    /// The ways between the planes.
    pub const fn crossing(&self) -> &'a Crossing<'a> {
        self.crossing
    }

    /// The plane in which the land at a position is surveyed; nothing outside every border.
    pub fn plane_at(&self, at: LonLat) -> Option<Epsg> {
        let mut planes = self.crossing.planes().for_lonlat(at).into_iter();
        let plane = planes.find(|plane| {
            let point = self.crossing.place(at, plane);
            point.is_some_and(|point| self.holds(plane.epsg, point))
        });
        plane.map(|plane| plane.epsg)
    }

    /// Whether a shape of a plane reaches a ward of any plane, or nothing is known of borders.
    pub fn is_reached(&self, plane: Epsg, shape: &Shape) -> bool {
        self.wards.is_empty()
            || self.reaches(plane, shape)
            || self.other_planes(plane).into_iter().any(|other| {
                self.may_reach(plane, other, shape)
                    && self
                        .crossing
                        .shape(plane, other, shape)
                        .is_some_and(|shape| self.reaches(other, &shape))
            })
    }

    /// The shape on every further plane into whose land it reaches.
    pub fn on_other_planes(&self, plane: Epsg, shape: &Shape) -> Vec<(Epsg, Shape)> {
        let mut found = Vec::new();
        for other in self.other_planes(plane) {
            if !self.may_reach(plane, other, shape) {
                continue;
            }
            let there = self.crossing.shape(plane, other, shape);
            found.extend(
                there
                    .filter(|shape| self.reaches(other, shape))
                    .map(|shape| (other, shape)),
            );
        }
        found
    }

    fn other_planes(&self, plane: Epsg) -> BTreeSet<Epsg> {
        let planes = self.wards.iter().map(|(ward, ..)| ward.plane);
        planes.filter(|other| *other != plane).collect()
    }

    fn holds(&self, plane: Epsg, point: Point) -> bool {
        let here = Envelope {
            min: point,
            max: point,
        };
        self.around(plane, &here)
            .any(|(ward, _)| locate(point, &ward.border) != Location::Exterior)
    }

    /// Whether the envelope of a shape, put on another plane, comes near a ward there.
    fn may_reach(&self, plane: Epsg, other: Epsg, shape: &Shape) -> bool {
        let envelope = shape.envelope();
        let there = envelope.and_then(|e| self.crossing.envelope(plane, other, &e));
        there.is_some_and(|there| self.around(other, &there).next().is_some())
    }

    fn reaches(&self, plane: Epsg, shape: &Shape) -> bool {
        let Some(envelope) = shape.envelope() else {
            return false;
        };
        self.around(plane, &envelope).any(|(_, border)| {
            intersects(border, shape)
                || distance(border, shape).is_some_and(|w| w.distance_mm <= FAR_MM)
        })
    }

    fn around<'b>(
        &'b self,
        plane: Epsg,
        envelope: &'b Envelope,
    ) -> impl Iterator<Item = (&'a Ward, &'b Shape)> {
        let near = self
            .wards
            .iter()
            .filter(move |(ward, bounds, _)| ward.plane == plane && bounds.intersects(envelope));
        near.map(|(ward, _, border)| (*ward, border))
    }
}
