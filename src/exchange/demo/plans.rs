//! Planning layers and their features.

use super::city::CityFile;
use super::lattice::{Axis, Local};
use super::site::{Block, SIDE, Site};
use super::{streets, themes};
use crate::cadastre::{Day, Instant, Interval, Lifespan, Revision};
use crate::crs::Epsg;
use crate::geometry::{MultiPolygon, Polygon, Ring, Shape, overlay};
use crate::land::{Edit, FeatureChange};
use crate::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition,
    LegalProvision, Office, PlanFeature, Theme,
};
use std::collections::BTreeMap;

/// Half the width of a power line with its wires, in mm.
const HALF_LINE_MM: f64 = 4_000.0;
/// What a 110 kV line keeps free on each side of its wires, in mm.
const POWER_CORRIDOR_MM: u32 = 4_000;
/// Every feature of the demo plans begins on 1 January 2015.
const FIRST_DAY: Day = Day(16_436);

/// A layer of the demo city: code, theme, titles, accuracy in mm.
pub(super) type Heading = (&'static str, &'static str, &'static str, &'static str, u32);

const PARCELS: Heading = (
    "parcel_coverage",
    "parcels",
    "Nơi có thửa đất",
    "Where parcels are held",
    0,
);
const ZONING: Heading = (
    "zoning_2000",
    "zoning",
    "Quy hoạch phân khu 1/2000",
    "Zoning plan 1:2000",
    500,
);
const ROADS: Heading = (
    "rights_of_way",
    "right_of_way",
    "Lộ giới đường và hẻm",
    "Rights of way of streets and alleys",
    150,
);
const WATER: Heading = (
    "water_surfaces",
    "water",
    "Mặt nước kênh, rạch",
    "Water surfaces of canals",
    300,
);
const CANALS: Heading = (
    "canal_corridors",
    "waterway_corridor",
    "Hành lang bảo vệ kênh, rạch",
    "Protection corridors of canals",
    300,
);
const POWER: Heading = (
    "power_corridors",
    "power_corridor",
    "Hành lang an toàn lưới điện",
    "Safety corridors of power lines",
    300,
);
const HERITAGE: Heading = (
    "heritage",
    "heritage",
    "Khu vực bảo vệ di tích",
    "Heritage protection zones",
    300,
);

/// An edit of the demo city without anything in it yet.
pub(super) fn empty_edit(summary: &str) -> Edit {
    Edit {
        dataset: "demo".to_owned(),
        summary: summary.to_owned(),
        ..Edit::default()
    }
}

/// What the features of one site are collected in.
pub(super) struct Drawing<'a> {
    pub site: &'a Site,
    pub file: &'a CityFile,
    out: &'a mut Vec<FeatureChange>,
    provision: LegalProvision,
}

/// Layers and features of the whole city.
pub(super) fn planned(sites: &[Site], file: &CityFile, as_of: Day) -> Edit {
    let mut edit = empty_edit("wards, plans and parcels of the demo city (synthetic)");
    let mut everywhere: BTreeMap<Epsg, MultiPolygon> = BTreeMap::new();
    let mut zoned: BTreeMap<Epsg, MultiPolygon> = BTreeMap::new();
    for site in sites {
        let all: Vec<MultiPolygon> = site.sheets.iter().map(|s| site.extent(s)).collect();
        let in_plan = site.sheets.iter().filter(|s| s.zoned);
        let in_plan: Vec<MultiPolygon> = in_plan.map(|s| site.extent(s)).collect();
        for (coverage, parts) in [(&mut everywhere, &all), (&mut zoned, &in_plan)] {
            let of_plane = coverage.entry(site.ward.plane).or_default();
            of_plane.0.extend(overlay::union_all(parts).0);
        }
        Drawing::new(site, file, &mut edit.features).draw();
    }
    for site in sites {
        themes::draw(&mut Drawing::new(site, file, &mut edit.features));
    }
    let layer = |heading, coverage: &BTreeMap<Epsg, MultiPolygon>| {
        let coverage = coverage.iter().map(|(&plane, area)| (plane, area.clone()));
        head(heading, coverage.collect(), as_of)
    };
    edit.layers = [PARCELS, ROADS, WATER, CANALS, POWER, HERITAGE]
        .map(|heading| layer(heading, &everywhere))
        .to_vec();
    edit.layers.push(layer(ZONING, &zoned));
    let first_plane = sites.first().map(|site| site.ward.plane);
    let mut on_first = everywhere.clone();
    on_first.retain(|plane, _| Some(*plane) == first_plane);
    for (headings, coverage) in [
        (&themes::OF_ZONED[..], &zoned),
        (&themes::OF_CITY[..], &everywhere),
        (&themes::OF_FIRST_PLANE[..], &on_first),
    ] {
        let layers = headings.iter().map(|heading| layer(*heading, coverage));
        edit.layers.extend(layers);
    }
    edit
}

fn head(heading: Heading, coverage: Vec<(Epsg, MultiPolygon)>, as_of: Day) -> Layer {
    let (code, theme, title_vi, title_en, accuracy_mm) = heading;
    Layer {
        code: LayerCode(code.into()),
        theme: Theme(theme.into()),
        title_vi: format!("{title_vi} (dữ liệu giả lập)"),
        title_en: format!("{title_en} (synthetic)"),
        coverage,
        as_of,
        accuracy_mm,
        law_status: LawStatus::InForce,
        provisions: vec![decision(title_vi)],
        office: Office {
            code: "DEMO".to_owned(),
            name_vi: "Cơ quan giả lập".to_owned(),
            name_en: "Made-up office".to_owned(),
        },
        synthetic: true,
        withdrawn: None,
        condition: LayerCondition::Sound,
    }
}

fn decision(what: &str) -> LegalProvision {
    LegalProvision {
        act: format!("Quyết định giả lập: {what}"),
        article: None,
        dated: Some(FIRST_DAY),
        link: None,
    }
}

impl<'a> Drawing<'a> {
    fn new(site: &'a Site, file: &'a CityFile, out: &'a mut Vec<FeatureChange>) -> Self {
        Self {
            site,
            file,
            out,
            provision: decision("lộ giới"),
        }
    }

    fn draw(&mut self) {
        streets::draw(self);
        let site = self.site;
        for sheet in &site.sheets {
            for cell in site.cells(sheet) {
                let block = site.block(cell);
                streets::draw_alleys(self, &block);
                if sheet.zoned {
                    let unit = FeatureKind::PlanUnit(streets::plan_unit(site, &block));
                    self.add(ZONING, unit, &block.ground.corners);
                }
                if sheet.at == (0, 0) && cell == (0, 0) {
                    self.heritage(&block);
                }
            }
        }
        self.canal();
        self.power_line();
    }

    /// The decision on which rights of way rest.
    pub fn decision(&self) -> LegalProvision {
        self.provision.clone()
    }

    /// A right of way around a line of places.
    pub fn add_road(&mut self, kind: FeatureKind, outline: &[Local]) {
        self.add(ROADS, kind, outline);
    }

    /// A feature of a layer with an outline.
    pub fn add(&mut self, heading: Heading, kind: FeatureKind, outline: &[Local]) {
        let points = outline.iter().map(|&at| self.site.lattice.point(at));
        let Some(points) = points.collect::<Option<Vec<_>>>() else {
            return;
        };
        let area = MultiPolygon(vec![Polygon {
            exterior: Ring(points),
            interiors: Vec::new(),
        }]);
        let number = self.out.len() as i64 + 1;
        let feature = PlanFeature {
            id: FeatureId(number),
            layer: LayerCode(heading.0.into()),
            key: number.to_string(),
            kind,
            shapes: vec![(self.site.ward.plane, Shape::Areas(area))],
            provisions: Vec::new(),
            lifespan: Lifespan {
                valid: Interval::open(FIRST_DAY),
                recorded: Interval::open(Instant(0)),
            },
            recorded_in: Revision(0),
        };
        self.out.push(FeatureChange::Open(Box::new(feature)));
    }

    fn heritage(&mut self, block: &Block) {
        let kind = FeatureKind::Restriction {
            kind: "heritage_protection_zone_1".to_owned(),
            legend_vi: "Khu vực bảo vệ I di tích (dữ liệu giả lập)".to_owned(),
            legend_en: "Heritage protection zone 1 (synthetic)".to_owned(),
        };
        let corner = |t, s| block.ground.place(t, s);
        let outline = [
            corner(0.6, 0.0),
            corner(1.0, 0.0),
            corner(1.0, 0.4),
            corner(0.6, 0.4),
        ];
        self.add(HERITAGE, kind, &outline);
    }

    /// The canal's water and its corridor, along the cells of its column that lie in the city.
    fn canal(&mut self) {
        let Some(column) = self.site.lattice.canal else {
            return;
        };
        let rows = self
            .site
            .sheets
            .iter()
            .filter(|s| s.at.0 == column.div_euclid(SIDE));
        let mut rows: Vec<i32> = rows
            .flat_map(|s| s.at.1 * SIDE..(s.at.1 + 1) * SIDE)
            .collect();
        rows.sort_unstable();
        let name = self.site.random(10, (0, 0)).pick(&self.file.canals).clone();
        let corridor_mm = if self.site.is_rural() { 30_000 } else { 20_000 };
        for run in streets::runs(&rows) {
            let water = FeatureKind::Restriction {
                kind: "water_surface".to_owned(),
                legend_vi: name.clone(),
                legend_en: name.clone(),
            };
            self.add(WATER, water, &self.along(column, &run, 0));
            let corridor = FeatureKind::Corridor(Corridor {
                kind: CorridorKind::Canal,
                name: name.clone(),
                width_mm: Some(corridor_mm),
                voltage_v: None,
            });
            self.add(
                CANALS,
                corridor,
                &self.along(column, &run, i64::from(corridor_mm)),
            );
        }
    }

    /// The outline of a column of cells, `grow` mm to both sides.
    fn along(&self, column: i32, rows: &[i32], grow: i64) -> Vec<Local> {
        let shifted = |at: Local, by: i64| Local {
            u: at.u + by as f64,
            v: at.v,
        };
        let block = |j: &i32| self.site.lattice.block(column, *j, 0).corners;
        let east = rows.iter().map(block).flat_map(|c| [c[1], c[2]]);
        let west = rows.iter().rev().map(block).flat_map(|c| [c[3], c[0]]);
        let mut outline: Vec<Local> = east.map(|at| shifted(at, grow)).collect();
        outline.extend(west.map(|at| shifted(at, -grow)));
        outline
    }

    /// In every third ward a 110 kV line crosses the blocks.
    fn power_line(&mut self) {
        let mut random = self.site.random(11, (0, 0));
        let sheets = &self.site.sheets;
        let rows = (
            sheets.iter().map(|s| s.at.1).min(),
            sheets.iter().map(|s| s.at.1).max(),
        );
        let (Some(south), Some(north), true) = (rows.0, rows.1, random.chance(340)) else {
            return;
        };
        let at = |j: i32, off: f64| {
            let crossing = self.site.lattice.crossing(1, j * SIDE);
            Local {
                u: crossing.u + 35_000.0 + off,
                v: crossing.v,
            }
        };
        let half = HALF_LINE_MM + f64::from(POWER_CORRIDOR_MM);
        let outline = [
            at(south, -half),
            at(south, half),
            at(north + 1, half),
            at(north + 1, -half),
        ];
        let kind = FeatureKind::Corridor(Corridor {
            kind: CorridorKind::Power,
            name: format!("Đường dây 110 kV {}", self.site.ward.name),
            width_mm: Some(POWER_CORRIDOR_MM),
            voltage_v: Some(110_000),
        });
        self.add(POWER, kind, &outline);
    }

    /// The name of a line of streets.
    pub fn street(&self, axis: Axis, line: i32) -> &str {
        let mut random = self.site.random(12, (0, 0));
        let count = self.file.streets.len().max(1) as i64;
        let start = random.between(0, count - 1);
        let number = start + 2 * i64::from(line) + i64::from(axis == Axis::V);
        let place = number.rem_euclid(count) as usize;
        self.file.streets.get(place).map_or("", String::as_str)
    }
}
