//! The layer of parcels: outline, key, number, sheet, ward, land use.

use super::canvas::Canvas;
use super::layer::TileField;
use super::mvt::{GeometryKind, Interned, LayerWriter, Value, ValueNumber};
use super::outline::Outline;
use super::sketch::Rings;
use crate::cadastre::{Day, LandUseCode};
use crate::crs::WorldPlane;
use crate::land::{Land, Lot, LotNumber, LotPart};
use std::fmt::Write;

/// Attributes, in the order of the numbers below.
pub(super) const FIELDS: [TileField; 4] = [
    TileField {
        name: "number",
        meaning: "Number on the sheet",
    },
    TileField {
        name: "sheet",
        meaning: "Sheet of the cadastral map",
    },
    TileField {
        name: "ward",
        meaning: "Code of the ward",
    },
    TileField {
        name: "land_use",
        meaning: "Purpose of the first land-use line",
    },
];
const NUMBER: usize = 0;
const SHEET: usize = 1;
const WARD: usize = 2;
const LAND_USE: usize = 3;

/// Draws the parcels of a day.
pub(super) fn draw(land: &Land, date: Day, canvas: &Canvas<'_>, layer: &mut LayerWriter) {
    layer.begin(&FIELDS);
    let grid = canvas.tile.grid();
    let mut outline = Outline::default();
    let mut values = Values::default();
    canvas.each_lot(land, date, |lot, placing| {
        outline.clear();
        for (opens, vertices) in lot.rings.iter() {
            // A vertex that cannot be drawn is no vertex; imports let none in.
            let placed = vertices.iter().filter_map(|v| placing.place(*v).ok());
            outline.ring(opens, placed.map(|cell| grid.unit(cell)));
        }
        outline.write(layer);
        if layer.has_geometry() {
            values.tag(lot, layer);
        }
        layer.end_feature(u64::try_from(lot.id).ok(), GeometryKind::Polygons);
    });
}

/// The rings of all parcels of a day in cells, every vertex of theirs.
pub(super) fn rings(land: &Land, date: Day) -> Vec<Rings> {
    let transforms = &land.city().transforms;
    let parts = land.lots_in_parts(date, |lots: LotPart<'_>| {
        let mut part = Vec::new();
        lots.each(|lot| {
            let Some(mut placing) = transforms.world(lot.plane).map(WorldPlane::placing) else {
                return;
            };
            let ring = |(opens, vertices): (bool, &[[i32; 2]])| {
                let cells = vertices.iter().filter_map(|v| placing.place(*v).ok());
                (opens, cells.collect())
            };
            part.push(lot.rings.iter().map(ring).collect());
        });
        part
    });
    parts.into_iter().flatten().collect()
}

/// Plain numbers below this are found by their place.
const PLACES: usize = 1 << 12;

/// Plain numbers that were written already. Nearly every parcel of a sheet has one of its own, so
/// the small ones are not hashed.
struct PlainNumbers {
    small: Vec<Option<ValueNumber>>,
    large: Interned<u32>,
}

impl Default for PlainNumbers {
    fn default() -> Self {
        Self {
            small: vec![None; PLACES],
            large: Interned::default(),
        }
    }
}

impl PlainNumbers {
    fn number(&mut self, plain: u32, write: impl FnOnce() -> ValueNumber) -> ValueNumber {
        match self.small.get_mut(plain as usize) {
            Some(known) => *known.get_or_insert_with(write),
            None => self.large.number(&plain, write),
        }
    }
}

/// Values that were written already.
#[derive(Default)]
struct Values {
    numbers: PlainNumbers,
    other_numbers: Interned<String>,
    sheets: Interned<String>,
    wards: Interned<u32>,
    land_uses: Interned<LandUseCode>,
    text: String,
}

impl Values {
    fn tag(&mut self, lot: &Lot<'_>, layer: &mut LayerWriter) {
        let text = |text: &str, layer: &mut LayerWriter| layer.value(Value::Text(text));
        let number = match lot.number {
            LotNumber::Plain(plain) => self.numbers.number(plain, || {
                self.text.clear();
                // Writing to a String does not fail.
                let _ = write!(self.text, "{plain}");
                text(&self.text, layer)
            }),
            LotNumber::Text(other) => self.other_numbers.number(other, || text(other, layer)),
        };
        layer.tag(NUMBER, number);
        let sheet = self.sheets.number(lot.sheet, || text(lot.sheet, layer));
        layer.tag(SHEET, sheet);
        let ward = self
            .wards
            .number(&lot.ward, || text(&format!("{:05}", lot.ward), layer));
        layer.tag(WARD, ward);
        if let Some(code) = lot.land_use {
            let code = self.land_uses.number(&code, || text(code.as_str(), layer));
            layer.tag(LAND_USE, code);
        }
    }
}
