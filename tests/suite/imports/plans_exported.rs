//! Exports of planning features imported into another register: the same content, layers included.

use diachinh::app::check_store::check_store;
use diachinh::cadastre::{Instant, Interval, Lifespan, Revision};
use diachinh::crs::Epsg;
use diachinh::exchange::crossing::Crossing;
use diachinh::geometry::{LineString, MultiPolygon, Shape};
use diachinh::land::{Edit, FeatureChange};
use diachinh::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LayerCode, LegalProvision, PlanFeature,
    PlanIndices, PlanUnit, RightOfWay, Theme,
};
use diachinh::store::{Sequence, StoreOptions};
use rstest::rstest;

use crate::databases::{Kind, Place, display, planes};
use crate::harness::{Folder, diachinh, stderr, stdout};
use crate::store_parity::{at, day, villages};
use crate::village::{EAST, WEST, city, rectangle};

fn area(east: f64, north: f64) -> MultiPolygon {
    rectangle(WEST, 603_000.0 + east, 1_191_000.0 + north, 4.003, 7.001)
}

/// The area on both planes of the city.
fn on_both(areas: &MultiPolygon) -> Vec<(Epsg, Shape)> {
    let city = city();
    let crossing = Crossing::new(&city.planes, &city.transforms).expect("every way");
    let west = Shape::Areas(areas.clone());
    let east = crossing.shape(WEST, EAST, &west);
    let east = east.expect("both planes expect land there");
    vec![(WEST, west), (EAST, east)]
}

fn act(number: &str) -> LegalProvision {
    LegalProvision {
        act: number.to_owned(),
        article: Some("Điều 3, \"khoản 1\"".to_owned()),
        dated: Some(day("2021-12-28")),
        link: None,
    }
}

fn feature(layer: &str, key: &str, kind: FeatureKind, shapes: Vec<(Epsg, Shape)>) -> PlanFeature {
    PlanFeature {
        id: FeatureId(0),
        layer: LayerCode(layer.into()),
        key: key.to_owned(),
        kind,
        shapes,
        provisions: vec![act("7/QĐ-UBND"), act("8/QĐ-UBND")],
        lifespan: Lifespan {
            valid: Interval::open(day("2020-01-01")),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(0),
    }
}

fn unit(storeys: u16) -> FeatureKind {
    FeatureKind::PlanUnit(PlanUnit {
        code: "I.A-1".to_owned(),
        function: "Đất ở, \"hiện hữu\"".to_owned(),
        indices: PlanIndices {
            storeys_max: Some(storeys),
            height_max_mm: Some(21_601),
            coverage_max_permille: Some(705),
            floor_area_ratio_max_hundredths: Some(345),
            population: Some(1200),
        },
    })
}

fn corridor(kind: CorridorKind) -> FeatureKind {
    FeatureKind::Corridor(Corridor {
        kind,
        name: "Rạch Bến Nghé".to_owned(),
        width_mm: Some(20_000),
        voltage_v: (kind == CorridorKind::Power).then_some(110_000),
    })
}

/// Features of every kind: versions one after the other, on one plane and on both, areas, lines
/// and points, two layers in one collection, with a layer each.
fn features() -> Vec<PlanFeature> {
    let one = |areas: MultiPolygon| vec![(WEST, Shape::Areas(areas))];
    let mut before = feature("zoning", "A/1", unit(3), on_both(&area(0.0, 50.0)));
    before.lifespan.valid = Interval {
        from: day("2015-01-01"),
        to: Some(day("2020-01-01")),
    };
    let after = feature("zoning", "A/1", unit(5), on_both(&area(0.0, 50.0)));
    let mut other = feature("zoning", "A/2", unit(7), one(area(10.0, 50.0)));
    other.provisions.clear();
    let road = FeatureKind::RightOfWay(RightOfWay {
        street: "Lê Lợi".to_owned(),
        width_mm: Some(30_500),
        decision: Some(act("6982/QĐ-UB")),
        alley: true,
    });
    let restriction = || FeatureKind::Restriction {
        kind: "heritage".to_owned(),
        legend_vi: "Khu vực bảo vệ I".to_owned(),
        legend_en: String::new(),
    };
    let points = area(30.0, 60.0).0[0].exterior.0.clone();
    let lines = vec![
        LineString(points[..2].to_vec()),
        LineString(points[1..].to_vec()),
    ];
    vec![
        before,
        after,
        other,
        feature("red_lines", "1", road, on_both(&area(0.0, 70.0))),
        feature(
            "power",
            "1",
            corridor(CorridorKind::Power),
            one(area(0.0, 80.0)),
        ),
        feature(
            "canals",
            "1",
            corridor(CorridorKind::Canal),
            one(area(20.0, 80.0)),
        ),
        feature("heritage", "area", restriction(), one(area(30.0, 80.0))),
        feature(
            "heritage",
            "line",
            restriction(),
            vec![(WEST, Shape::Lines(lines))],
        ),
        feature(
            "heritage",
            "points",
            restriction(),
            vec![(WEST, Shape::Points(points))],
        ),
    ]
}

/// A register's edit: wards, and with `planned` the layers and features too.
fn edit(planned: bool) -> Edit {
    let villages = villages();
    let mut edit = Edit {
        dataset: "source".to_owned(),
        wards: villages.wards,
        successions: villages.successions,
        ..Edit::default()
    };
    if !planned {
        return edit;
    }
    for (i, mut feature) in features().into_iter().enumerate() {
        if edit.layers.iter().all(|layer| layer.code != feature.layer) {
            let mut layer = villages.layers[0].clone();
            layer.code = feature.layer.clone();
            layer.theme = Theme(feature.layer.0.clone());
            layer.provisions = vec![act("1/QĐ-UBND")];
            layer.coverage = vec![
                (EAST, rectangle(EAST, 430_000.0, 1_150_000.0, 10.0, 10.0)),
                (WEST, rectangle(WEST, 602_950.0, 1_190_950.0, 200.0, 200.0)),
            ];
            edit.layers.push(layer);
        }
        // Versions of one feature have one id.
        let number = if i == 1 { 0 } else { i };
        feature.id = FeatureId(number as i64 + 1);
        edit.features.push(FeatureChange::Open(Box::new(feature)));
    }
    edit
}

/// Collections that are not empty, with their counts and content hashes.
fn content(options: &StoreOptions) -> Vec<(&'static str, usize, String)> {
    let check = check_store(options, &planes()).expect("the register can be read");
    assert_eq!(check.flaws, []);
    let contents = check.contents.into_iter();
    contents
        .map(|c| (c.collection.as_str(), c.records, c.hash.to_string()))
        .collect()
}

/// Runs the program.
fn run(folder: &Folder, arguments: &[&str]) {
    let mut command = diachinh(folder);
    let output = command.args(arguments).output().expect("it starts");
    let said = stdout(&output) + &stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn every_format_carries_features_and_layers_into_another_register(#[case] kind: Kind) {
    let folder = Folder::new();
    let source = Place::new(kind);
    let committed = source.store.commit(&edit(true), at(0), display());
    assert!(committed.is_ok(), "{committed:?}");
    let whole = content(&source.options);
    let counts: Vec<_> = whole
        .iter()
        .map(|(name, count, _)| (*name, *count))
        .collect();
    assert_eq!(
        counts,
        [
            ("corridors", 2),
            ("restrictions", 3),
            ("roads", 2),
            ("zones", 5)
        ]
    );
    let (_, layers) = source.store.layers().expect("layers");
    for extension in ["gpkg", "geojson", "fgb", "csv"] {
        let other = Place::new(kind);
        // Keys are used up beforehand, so that no feature gets the id it has in the source.
        let keys = other.store.reserve(Sequence::Features, 5_000);
        assert!(keys.is_ok());
        let wards = other.store.commit(&edit(false), at(0), display());
        assert!(wards.is_ok(), "{wards:?}");
        for &(collection, ..) in &whole {
            let file = format!("{collection}.{extension}");
            let (from, into) = (source.options.url.as_str(), other.options.url.as_str());
            let all = [
                "--all-versions",
                "--profile",
                "layers.toml",
                "--store",
                from,
            ];
            run(
                &folder,
                &[&["export", collection, &file][..], &all[..]].concat(),
            );
            let profile = ["--profile", "layers.toml", "--store", into];
            run(&folder, &[&["import", &file][..], &profile[..]].concat());
        }
        assert_eq!(content(&other.options), whole, "{extension}");
        let (_, mut taken) = other.store.layers().expect("layers");
        let in_order = |layers: &mut Vec<diachinh::planning::Layer>| {
            layers.sort_by_key(|layer| layer.code.clone());
        };
        let mut held = layers.clone();
        in_order(&mut held);
        in_order(&mut taken);
        assert_eq!(taken, held, "{extension}");
    }
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn what_was_exported_is_unchanged_when_it_comes_back(#[case] kind: Kind) {
    let folder = Folder::new();
    let place = Place::new(kind);
    let committed = place.store.commit(&edit(true), at(0), display());
    assert!(committed.is_ok(), "{committed:?}");
    let before = content(&place.options);
    let url = place.options.url.as_str();
    for &(collection, count, _) in &before {
        let file = format!("{collection}.gpkg");
        run(
            &folder,
            &[
                "export",
                collection,
                &file,
                "--all-versions",
                "--store",
                url,
            ],
        );
        let report = [
            "--report",
            "report.json",
            "--profile",
            collection,
            "--store",
            url,
        ];
        run(&folder, &[&["import", &file][..], &report[..]].concat());
        let json = std::fs::read(folder.path().join("report.json")).expect("a report");
        let report: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        let told = |name: &str| report["counts"][name].as_u64().unwrap_or(99);
        let joined = told("joined");
        assert_eq!(told("unchanged") + joined, count as u64, "{collection}");
        assert_eq!((told("new"), told("changed"), told("retired")), (0, 0, 0));
        assert_eq!(report["layers"][0]["head"], "kept");
    }
    assert_eq!(content(&place.options), before);
}
