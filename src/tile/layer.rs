//! The layers of tiles and the sets they come in: at which zooms each is drawn, and what it says.

use super::matrix::{TileCoord, TileMatrixSet, ZOOM_MAX};
use super::sketch::Subject;
use super::{blocks, labels, parcels, planned};

/// A layer of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TileLayer {
    /// Plan units of zoning plans.
    Zones,
    /// Corridors and other restrictions, surfaces of water among them.
    Restrictions,
    /// Parcels that share boundaries as one shape, in place of parcels at low zooms.
    Blocks,
    /// Parcels, each with its outline.
    Parcels,
    /// Rights of way.
    Roads,
    /// Wards, communes, special zones.
    Wards,
    /// A point inside each parcel, for its number.
    Labels,
}

/// An attribute of a layer's features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileField {
    /// Name.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

/// What a layer's features say when they have lost vertices; it stands last in the fields of each
/// layer that is generalised.
pub(super) const GENERALISED: TileField = TileField {
    name: "generalised",
    meaning: "True where a finer zoom shows more of the shape; absent where none does",
};

impl TileLayer {
    /// All layers, from the bottom of a map to its top.
    pub const ALL: [Self; 7] = [
        Self::Zones,
        Self::Restrictions,
        Self::Blocks,
        Self::Parcels,
        Self::Roads,
        Self::Wards,
        Self::Labels,
    ];

    /// Its name in paths and tiles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zones => "zones",
            Self::Restrictions => "restrictions",
            Self::Blocks => "blocks",
            Self::Parcels => "parcels",
            Self::Roads => "roads",
            Self::Wards => "wards",
            Self::Labels => "labels",
        }
    }

    /// First and last zoom of WebMercatorQuad at which it is drawn.
    pub const fn zooms(self) -> (u8, u8) {
        match self {
            Self::Zones | Self::Wards => (0, ZOOM_MAX),
            Self::Restrictions => (10, ZOOM_MAX),
            Self::Roads => (12, ZOOM_MAX),
            Self::Blocks => blocks::ZOOMS,
            Self::Parcels => (blocks::ZOOMS.1 + 1, ZOOM_MAX),
            Self::Labels => (17, ZOOM_MAX),
        }
    }

    /// First and last matrix of a set at which it is drawn.
    pub const fn matrices(self, of: TileMatrixSet) -> (u8, u8) {
        of.matrices(self.zooms())
    }

    /// Attributes of its features.
    pub const fn fields(self) -> &'static [TileField] {
        match self {
            Self::Zones => planned::ZoneSubject::FIELDS,
            Self::Restrictions => planned::RestrictionSubject::FIELDS,
            Self::Blocks => blocks::Block::FIELDS,
            Self::Parcels => &parcels::FIELDS,
            Self::Roads => planned::RoadSubject::FIELDS,
            Self::Wards => planned::WardSubject::FIELDS,
            Self::Labels => &labels::FIELDS,
        }
    }

    /// What it is, and what it leaves out.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Zones => "Units of zoning plans",
            Self::Restrictions => "Corridors and other restrictions, surfaces of water among them",
            Self::Blocks => {
                "Parcels that share boundaries as one shape, where parcels are too small"
            }
            Self::Parcels => "Parcels with every vertex",
            Self::Roads => planned::ROADS,
            Self::Wards => "Wards, communes and special zones",
            Self::Labels => "A point inside each parcel, for its number",
        }
    }

    /// Whether shapes lose vertices at low zooms; what two shapes share they lose alike.
    pub const fn is_generalised(self) -> bool {
        !matches!(self, Self::Parcels | Self::Labels)
    }

    /// Whether it is drawn at a tile's zoom.
    pub fn is_drawn_at(self, tile: TileCoord) -> bool {
        let (first, last) = self.zooms();
        (first..=last).contains(&tile.zoom())
    }
}

/// Layers that come in one tile: each layer by itself, or all that a map needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TileSet {
    name: &'static str,
    layers: &'static [TileLayer],
}

impl TileSet {
    /// All sets: the whole map first, then each layer.
    pub const ALL: [Self; 8] = {
        let all = &TileLayer::ALL;
        let mut sets = [Self {
            name: "city",
            layers: all,
        }; 8];
        let mut i = 0;
        while i < all.len() {
            sets[i + 1] = Self {
                name: all[i].name(),
                layers: std::slice::from_ref(&all[i]),
            };
            i += 1;
        }
        sets
    };

    /// The set of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.name == name)
    }

    /// Its name in paths.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Whose its shapes are, as maps of them must say: outlines of wards come with the program
    /// (`data/wards/SOURCE.md`), all else is the register's own.
    pub fn attribution(self) -> Option<&'static str> {
        let wards = self.layers.iter().any(|layer| layer.name() == "wards");
        wards.then_some("Ranh giới phường, xã · Ward outlines: © 2021 Thang Le Quoc (MIT)")
    }

    /// Its layers, from the bottom of a map to its top.
    pub const fn layers(self) -> &'static [TileLayer] {
        self.layers
    }

    /// First and last zoom of WebMercatorQuad at which any of its layers is drawn.
    pub fn zooms(self) -> (u8, u8) {
        let zooms = self.layers.iter().map(|layer| layer.zooms());
        zooms.fold((ZOOM_MAX, 0), |a, b| (a.0.min(b.0), a.1.max(b.1)))
    }

    /// First and last matrix of a set at which any of its layers is drawn.
    pub fn matrices(self, of: TileMatrixSet) -> (u8, u8) {
        of.matrices(self.zooms())
    }

    /// Whether any of its layers is drawn at a tile's zoom.
    pub fn is_drawn_at(self, tile: TileCoord) -> bool {
        self.layers.iter().any(|layer| layer.is_drawn_at(tile))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_map_has_every_layer_and_every_layer_is_a_set() {
        let city = TileSet::from_name("city").expect("the whole map");
        assert_eq!((city.layers().len(), city.zooms()), (7, (0, 20)));
        for layer in TileLayer::ALL {
            let set = TileSet::from_name(layer.name()).expect("a set");
            assert_eq!((set.layers(), set.zooms()), (&[layer][..], layer.zooms()));
        }
        assert_eq!(TileSet::from_name("owners"), None);
    }

    #[test]
    fn only_layers_that_are_generalised_have_features_that_can_say_so() {
        for layer in TileLayer::ALL {
            let last = layer.fields().last().copied();
            assert_eq!(
                last == Some(GENERALISED),
                layer.is_generalised(),
                "{layer:?}"
            );
        }
    }

    #[test]
    fn parcels_begin_where_blocks_end() {
        for of in TileMatrixSet::ALL {
            let matrices = |layer: TileLayer| layer.matrices(of);
            let (blocks, parcels) = (matrices(TileLayer::Blocks), matrices(TileLayer::Parcels));
            assert_eq!((blocks.1 + 1, parcels.1), (parcels.0, of.finest()));
        }
        let vn2000 = |layer: TileLayer| layer.matrices(TileMatrixSet::Vn2000);
        assert_eq!(vn2000(TileLayer::Zones), (0, 14));
        assert_eq!(vn2000(TileLayer::Blocks), (5, 8));
    }
}
