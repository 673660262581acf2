//! The layers of tiles: what each shows, at which zooms, with which attributes.

use super::matrix::{TileCoord, ZOOM_MAX};
use super::mvt::LayerWriter;
use crate::cadastre::Day;
use crate::land::Land;

/// A layer of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TileLayer {
    /// Parcels, each with its outline.
    Parcels,
}

/// An attribute of a layer's features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileField {
    /// Name.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
}

impl TileLayer {
    /// All layers, from the bottom of a map to its top.
    pub const ALL: [Self; 1] = [Self::Parcels];

    /// The layer of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }

    /// Its name in paths and tiles.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parcels => "parcels",
        }
    }

    /// First and last zoom at which it is drawn.
    pub const fn zooms(self) -> (u8, u8) {
        match self {
            Self::Parcels => (15, ZOOM_MAX),
        }
    }

    /// Attributes of its features, all of them texts.
    pub const fn fields(self) -> &'static [TileField] {
        match self {
            Self::Parcels => &super::parcels::FIELDS,
        }
    }

    /// Whether it is drawn at a tile's zoom.
    pub fn is_drawn_at(self, tile: TileCoord) -> bool {
        let (first, last) = self.zooms();
        (first..=last).contains(&tile.matrix())
    }
}

/// Renders one layer of a tile for a day: Mapbox Vector Tile 2.1, uncompressed. Empty when the
/// layer has nothing there.
pub fn render(land: &Land, date: Day, layer: TileLayer, tile: TileCoord) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !layer.is_drawn_at(tile) {
        return bytes;
    }
    let mut writer = LayerWriter::default();
    match layer {
        TileLayer::Parcels => super::parcels::draw(land, date, tile, &mut writer),
    }
    writer.end(layer.name(), &mut bytes);
    bytes
}
