//! Lands of tests, written as text in `tests/fixtures/lands`, read as an edit of the register.

use std::path::Path;

use diachinh::cadastre::{
    Day, FormerWard, Interval, LandUseCode, LandUseLine, Lineage, LineageKind, MapScale,
    NationalParcelIdentifier, Parcel, ParcelId, ParcelKey, ParcelNumber, ParcelStatus,
    RegisteredArea, SheetNumber, Ward, WardCode, WardKind, WardSuccession,
};
use diachinh::crs::{Epsg, Planes};
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring, Shape};
use diachinh::land::{Edit, FeatureChange, ParcelChange};
use diachinh::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition,
    Office, PlanFeature, RightOfWay, Theme,
};
use toml::Value;

/// First day of the units of today.
const MERGER: &str = "2025-07-01";

/// The edit that opens the land of this name in an empty register.
pub fn land(name: &str, planes: &Planes) -> Edit {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lands");
    let text = std::fs::read_to_string(folder.join(format!("{name}.toml")))
        .expect("the fixture is in the repository");
    let table: toml::Table = toml::from_str(&text).expect("the fixture is TOML");
    let rows = |kind: &str| -> Vec<Row> {
        let rows = table.get(kind).and_then(Value::as_array);
        rows.into_iter()
            .flatten()
            .map(|row| Row { row, planes })
            .collect()
    };
    let parcels = rows("parcel");
    Edit {
        based_on: None,
        dataset: name.to_owned(),
        summary: format!("fixture {name}"),
        lineage: parcels.iter().filter_map(Row::lineage).collect(),
        parcels: parcels.iter().map(Row::parcel).collect(),
        layers: rows("layer").iter().map(Row::layer).collect(),
        features: [rows("road"), rows("canal")]
            .concat()
            .iter()
            .map(Row::feature)
            .collect(),
        wards: rows("ward").iter().map(Row::ward).collect(),
        successions: rows("former").iter().map(Row::succession).collect(),
        ..Edit::default()
    }
}

/// One table of the fixture.
#[derive(Clone, Copy)]
struct Row<'a> {
    row: &'a Value,
    planes: &'a Planes,
}

impl Row<'_> {
    fn optional(&self, key: &str) -> Option<&str> {
        self.row.get(key).and_then(Value::as_str)
    }

    fn text(&self, key: &str) -> &str {
        self.optional(key).expect("the fixture states it")
    }

    fn number(&self, key: &str) -> i64 {
        let number = self.row.get(key).and_then(Value::as_integer);
        number.expect("the fixture states it")
    }

    fn day(&self, key: &str) -> Option<Day> {
        self.optional(key)
            .map(|text| Day::parse(text).expect("a day"))
    }

    fn from(&self) -> Day {
        self.day("from").expect("the fixture states it")
    }

    fn code(&self, key: &str) -> WardCode {
        WardCode::parse(self.text(key)).expect("a ward's code")
    }

    fn plane(&self) -> Epsg {
        Epsg(u32::try_from(self.number("plane")).expect("a code"))
    }

    fn shape(&self, key: &str) -> MultiPolygon {
        let plane = self.planes.get(self.plane()).expect("a plane of the city");
        let array = |value: &Value| value.as_array().expect("an array").clone();
        let corner = array(self.row.get("at").expect("the fixture states it"));
        let corner: Vec<f64> = corner
            .iter()
            .map(|n| n.as_integer().expect("metres") as f64)
            .collect();
        let point = |pair: &str| -> Point {
            let mut metres = pair
                .split_whitespace()
                .map(|m| m.parse::<f64>().expect("metres"));
            let mut next = || metres.next().expect("two coordinates");
            let (east, north) = (next(), next());
            let (east, north) = (corner[0] + east, corner[1] + north);
            plane.grid_point(east, north).expect("on the grid")
        };
        let ring = |text: &Value| {
            let pairs = text.as_str().expect("a ring").split(',');
            Ring(pairs.map(point).collect())
        };
        let mut rings = array(self.row.get(key).expect("the fixture states it"))
            .iter()
            .map(ring)
            .collect::<Vec<_>>()
            .into_iter();
        MultiPolygon(vec![Polygon {
            exterior: rings.next().expect("a shell"),
            interiors: rings.collect(),
        }])
    }

    fn ward(&self) -> Ward {
        Ward {
            code: self.code("code"),
            name: self.text("name").to_owned(),
            kind: match self.text("kind") {
                "ward" => WardKind::Ward,
                _ => WardKind::Commune,
            },
            plane: self.plane(),
            border: self.shape("border"),
            valid: Interval::open(self.from()),
        }
    }

    fn succession(&self) -> WardSuccession {
        WardSuccession {
            former: FormerWard {
                code: Some(self.code("code")),
                full_name: self.text("name").to_owned(),
                district: self.text("district").to_owned(),
                province: self.text("province").to_owned(),
            },
            split: false,
            ward: self.code("ward"),
            day: Day::parse(MERGER).expect("a day"),
        }
    }

    fn layer(&self) -> Layer {
        Layer {
            code: LayerCode(self.text("code").into()),
            theme: Theme(self.text("theme").into()),
            title_vi: self.text("code").to_owned(),
            title_en: self.text("code").to_owned(),
            coverage: vec![(self.plane(), self.shape("coverage"))],
            as_of: Day::parse("2026-01-01").expect("a day"),
            accuracy_mm: 100,
            law_status: LawStatus::InForce,
            provisions: Vec::new(),
            office: Office {
                code: "test".to_owned(),
                name_vi: "Thử nghiệm".to_owned(),
                name_en: "Test".to_owned(),
            },
            synthetic: true,
            withdrawn: None,
            condition: LayerCondition::Sound,
        }
    }

    fn feature(&self) -> FeatureChange {
        let kind = match self.optional("street") {
            Some(street) => FeatureKind::RightOfWay(RightOfWay {
                street: street.to_owned(),
                width_mm: Some(1000 * u32::try_from(self.number("width_m")).expect("a width")),
                decision: None,
                alley: false,
            }),
            None => FeatureKind::Corridor(Corridor {
                kind: CorridorKind::Canal,
                name: self.text("name").to_owned(),
                width_mm: None,
                voltage_v: None,
            }),
        };
        FeatureChange::Open(Box::new(PlanFeature {
            id: FeatureId(self.number("id")),
            layer: LayerCode(self.text("layer").into()),
            key: self.number("id").to_string(),
            kind,
            shapes: vec![(self.plane(), Shape::Areas(self.shape("rings")))],
            provisions: Vec::new(),
            lifespan: diachinh::cadastre::Lifespan {
                valid: Interval::open(Day::parse("2000-01-01").expect("a day")),
                recorded: Interval::open(diachinh::cadastre::Instant(0)),
            },
            recorded_in: diachinh::cadastre::Revision(0),
        }))
    }

    fn id(&self, key: &str) -> ParcelId {
        ParcelId::new(self.number(key)).expect("an id")
    }

    fn lineage(&self) -> Option<Lineage> {
        self.row.get("split_from")?;
        Some(Lineage {
            predecessor: self.id("split_from"),
            successor: self.id("id"),
            kind: LineageKind::Split,
            day: self.from(),
        })
    }

    fn parcel(&self) -> ParcelChange {
        let area = self.row.get("registered_area").and_then(Value::as_float);
        let area = area.map(|m2| RegisteredArea::from_m2(m2).expect("an area"));
        ParcelChange::Open {
            parcel: Parcel {
                id: self.id("id"),
                national_identifier: self
                    .optional("identifier")
                    .map(|text| NationalParcelIdentifier::parse(text).expect("an identifier")),
                ward: self.code("ward"),
                as_map: key(self.text("key")),
                as_certificate: self.optional("certificate").map(key),
                plane: self.plane(),
                shape: self.shape("rings"),
                registered_area: area,
                scale: MapScale::S500,
                land_use: vec![LandUseLine {
                    code: LandUseCode::parse(self.text("land_use")).expect("a code"),
                    area,
                    origin: None,
                    form: None,
                    until: None,
                }],
                status: ParcelStatus::InUse,
            },
            from: self.from(),
            to: self.day("to"),
        }
    }
}

/// Reads `commune.sheet.number`.
fn key(text: &str) -> ParcelKey {
    let mut parts = text.split('.');
    let mut next = || parts.next().expect("three parts");
    ParcelKey {
        commune: WardCode::parse(next()).expect("a commune's code"),
        sheet: SheetNumber::parse(next()).expect("a sheet"),
        number: ParcelNumber::parse(next()).expect("a number"),
    }
}
