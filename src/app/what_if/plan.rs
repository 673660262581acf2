//! What the plans of a view hold, for who supposes something of them.

use std::sync::Arc;

use crate::app::{Error, Missing, View};
use crate::crs::{CrsError, Epsg, LonLat};
use crate::exchange::crossing::Crossing;
use crate::exchange::plan::CityLand;
use crate::geometry::Shape;
use crate::land::items::{Collection, Days, Item};
use crate::planning::{FeatureId, LayerCode, PlanFeature};

impl View {
    /// A planning feature as it holds on the day.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn planned(
        &self,
        collection: Collection,
        id: FeatureId,
    ) -> Result<Arc<PlanFeature>, Error> {
        match self.item(collection, id.0, Days::on(self.date))? {
            Item::Planned(feature) => Ok(feature),
            Item::Parcel(_) | Item::Ward(_) => Err(Error::NotFound(Missing::Item {
                collection: collection.name(),
                id: id.0,
                held: None,
            })),
        }
    }

    /// Whether features of a collection may stand in a layer: none does yet, or one is of it.
    pub fn layer_holds(&self, layer: &LayerCode, collection: Collection) -> bool {
        let held = self.land.features().filter(|held| held.layer == *layer);
        let mut held = held.map(|held| Collection::of_kind(&held.kind)).peekable();
        held.peek().is_none() || held.any(|other| other == collection)
    }

    /// The codes of the layers that speak on the day.
    pub fn layer_codes(&self) -> Vec<&str> {
        let layers = self.land.layers();
        let speaking = layers.filter(|layer| layer.speaks_on(self.date));
        speaking.map(|layer| &*layer.code.0).collect()
    }

    /// The plane on which a feature at a position is drawn: that of the ward around it, or else the
    /// first that expects land there.
    ///
    /// # Errors
    /// [`Error::Internal`] when the ways between the planes cannot be set up.
    pub fn plane_at(&self, at: LonLat) -> Result<Option<Epsg>, Error> {
        let city = self.city();
        let crossing = Crossing::new(&city.planes, &city.transforms).map_err(no_ways)?;
        let of_ward = CityLand::new(self.land.wards(), &crossing).plane_at(at);
        let expecting = || city.planes.for_lonlat(at).first().map(|plane| plane.epsg);
        Ok(of_ward.or_else(expecting))
    }

    /// A shape with what it is on every further plane into whose land it reaches, as a planning
    /// feature is held.
    ///
    /// # Errors
    /// As [`View::plane_at`].
    pub fn on_every_plane(&self, plane: Epsg, shape: Shape) -> Result<Vec<(Epsg, Shape)>, Error> {
        let city = self.city();
        let crossing = Crossing::new(&city.planes, &city.transforms).map_err(no_ways)?;
        let land = CityLand::new(self.land.wards(), &crossing);
        let others = land.on_other_planes(plane, &shape);
        Ok([(plane, shape)].into_iter().chain(others).collect())
    }
}

fn no_ways(error: CrsError) -> Error {
    Error::internal("cannot set up the ways between planes", error)
}
