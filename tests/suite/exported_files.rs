//! What is exported is imported again as it was, in every format and on both planes of the city.

use diachinh::cadastre::{
    Day, Interval, LandUseCode, LandUseLine, MapScale, NationalParcelIdentifier, Parcel, ParcelId,
    ParcelKey, ParcelNumber, ParcelStatus, RegisteredArea, SheetNumber, UseForm, WardCode,
};
use diachinh::cadastre::{Instant, Lifespan, Revision};
use diachinh::crs::{Epsg, Planes, Transforms};
use diachinh::exchange::export::{self, ExportError, ExportFormat, Ids, Record};
use diachinh::exchange::profile::{Profile, Target};
use diachinh::exchange::source::{self, Source};
use diachinh::exchange::{Draft, ParcelDraft};
use diachinh::geometry::{MultiPolygon, Point, Polygon, Ring, Shape};
use diachinh::land::ParcelChange;
use diachinh::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LayerCode, LegalProvision, PlanFeature,
    PlanIndices, PlanUnit, RightOfWay,
};
use diachinh::store::StoreOptions;

use crate::field_profiles::{map_file, parcels};
use crate::harness::Folder;
use crate::source_files::options;

const FORMATS: [(&str, ExportFormat); 4] = [
    ("gpkg", ExportFormat::GeoPackage),
    ("geojson", ExportFormat::GeoJson),
    ("fgb", ExportFormat::FlatGeobuf),
    ("csv", ExportFormat::Csv),
];

fn planes() -> Planes {
    Planes::load(include_str!("../../data/planes.toml")).expect("planes")
}

fn ring(points: &[(i32, i32)]) -> Ring {
    let point = |&(x, y)| Point::new(x, y).expect("on the grid");
    Ring(points.iter().map(point).collect())
}

/// A lot with a hole and odd millimetres, `east` and `north` from the plane's origin.
fn lot(east: i32, north: i32) -> MultiPolygon {
    let at = |x: i32, y: i32| (east + x, north + y);
    MultiPolygon(vec![Polygon {
        exterior: ring(&[at(0, 0), at(5_003, 1), at(5_001, 20_007), at(-2, 20_000)]),
        interiors: vec![ring(&[
            at(1_000, 1_000),
            at(1_001, 2_001),
            at(2_000, 1_003),
        ])],
    }])
}

fn key(commune: &str, sheet: &str, number: &str) -> ParcelKey {
    ParcelKey {
        commune: WardCode::parse(commune).expect("a code"),
        sheet: SheetNumber::parse(sheet).expect("a sheet"),
        number: ParcelNumber::parse(number).expect("a number"),
    }
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A parcel with everything, and one with as little as a parcel may have.
fn two_parcels() -> [(Parcel, Interval<Day>); 2] {
    let code = LandUseCode::parse("ODT").expect("a code");
    let full = Parcel {
        id: ParcelId::new(7).expect("a key"),
        national_identifier: NationalParcelIdentifier::parse("012345678901").ok(),
        ward: WardCode::parse("26743").expect("a code"),
        as_map: key("26740", "12", "3A"),
        as_certificate: Some(key("26737", "DC5", "15")),
        plane: Epsg(9210),
        shape: lot(603_481_725, -558_589_635),
        registered_area: RegisteredArea::from_m2(99.25).ok(),
        scale: MapScale::S200,
        land_use: vec![LandUseLine {
            code,
            area: RegisteredArea::from_m2(60.5).ok(),
            origin: Some("CNQ-CTT, \"mở rộng\"".into()),
            form: Some(UseForm::Private),
            until: Some(day("2070-12-31")),
        }],
        status: ParcelStatus::Disputed,
    };
    let least = Parcel {
        id: ParcelId::new(8).expect("a key"),
        national_identifier: None,
        ward: WardCode::parse("26506").expect("a code"),
        as_map: key("26506", "1", "2"),
        as_certificate: None,
        plane: Epsg(5899),
        shape: lot(426_902_367, -605_799_502),
        registered_area: None,
        scale: MapScale::S500,
        land_use: Vec::new(),
        status: ParcelStatus::InUse,
    };
    let closed = Interval {
        from: day("1999-01-02"),
        to: Some(day("2025-07-01")),
    };
    [(full, closed), (least, Interval::open(day("2025-07-01")))]
}

fn write(collection: Target, records: Vec<Record>, path: &std::path::Path) -> u64 {
    let planes = planes();
    let transforms = Transforms::new(&planes).expect("PROJ's database");
    let format = ExportFormat::of_extension(path).expect("a known extension");
    export::write(
        collection,
        format,
        (records.into_iter(), Ids::Features),
        &planes,
        &transforms,
        path,
    )
    .expect("the file is written")
}

fn assert_same(draft: &ParcelDraft, parcel: &Parcel, valid: Interval<Day>) {
    assert_eq!(draft.as_map, parcel.as_map);
    assert_eq!(draft.as_certificate, parcel.as_certificate);
    assert_eq!(draft.ward, Some(parcel.ward));
    assert_eq!(draft.national_identifier, parcel.national_identifier);
    assert_eq!(draft.plane, parcel.plane);
    assert_eq!(draft.shape.normalized(), parcel.shape.normalized());
    assert_eq!(draft.registered_area, parcel.registered_area);
    assert_eq!(draft.scale, parcel.scale);
    assert_eq!(draft.land_use, parcel.land_use);
    assert_eq!(draft.status, parcel.status);
    assert_eq!(
        (draft.valid_from, draft.valid_to),
        (Some(valid.from), valid.to)
    );
}

#[test]
fn parcels_come_back_from_every_format_exactly_as_they_were() {
    let folder = Folder::new();
    let profile = Profile::load("parcels").expect("built in");
    for (extension, _) in FORMATS {
        let path = folder.path().join(format!("thua.{extension}"));
        let both = two_parcels();
        let records = both.iter().map(|(p, valid)| export::of_parcel(p, *valid));
        assert_eq!(write(Target::Parcels, records.collect(), &path), 2);
        let mapped = map_file(&path, &profile, None);
        assert!(
            mapped.iter().all(|m| m.findings.is_empty()),
            "{extension}: {mapped:?}"
        );
        let mut drafts = parcels(mapped);
        drafts.sort_by_key(|d| std::cmp::Reverse(d.as_map.commune));
        assert_eq!(drafts.len(), 2, "{extension}");
        for (draft, (parcel, valid)) in drafts.iter().zip(&both) {
            assert_same(draft, parcel, *valid);
        }
    }
}

fn feature(id: i64, kind: FeatureKind) -> PlanFeature {
    PlanFeature {
        id: FeatureId(id),
        layer: LayerCode("zoning_2000".into()),
        key: id.to_string(),
        kind,
        shapes: vec![(Epsg(9210), Shape::Areas(lot(603_481_725, -558_589_635)))],
        provisions: Vec::new(),
        lifespan: Lifespan {
            valid: Interval::open(day("2020-01-01")),
            recorded: Interval::open(Instant(0)),
        },
        recorded_in: Revision(1),
    }
}

#[test]
fn planning_features_of_every_kind_come_back_as_they_were() {
    let kinds = [
        FeatureKind::PlanUnit(PlanUnit {
            code: "O-1".to_owned(),
            function: "Đất ở hiện hữu".to_owned(),
            indices: PlanIndices {
                storeys_max: Some(5),
                height_max_mm: Some(21_600),
                coverage_max_permille: Some(705),
                floor_area_ratio_max_hundredths: Some(345),
                population: Some(1200),
            },
        }),
        FeatureKind::RightOfWay(RightOfWay {
            street: "Lê Lợi".to_owned(),
            width_mm: Some(30_500),
            decision: Some(LegalProvision {
                act: "6982/QĐ-UB-QLĐT".to_owned(),
                article: None,
                dated: Some(day("1995-09-30")),
                link: None,
            }),
            alley: false,
        }),
        FeatureKind::Corridor(Corridor {
            kind: CorridorKind::Power,
            name: "220 kV".to_owned(),
            width_mm: Some(6_000),
            voltage_v: Some(220_000),
        }),
        FeatureKind::Restriction {
            kind: "heritage_protection_zone_1".to_owned(),
            legend_vi: "Khu vực bảo vệ I".to_owned(),
            legend_en: "Protection zone I".to_owned(),
        },
    ];
    let folder = Folder::new();
    for (i, kind) in kinds.into_iter().enumerate() {
        let (collection, records) = export::of_feature(&feature(i as i64 + 1, kind.clone()));
        let profile = Profile::load(collection.as_str()).expect("built in");
        for (extension, _) in FORMATS {
            let path = folder.path().join(format!("{collection}.{extension}"));
            write(collection, records.clone(), &path);
            let mapped = map_file(&path, &profile, None);
            let Some(Draft::Feature(draft)) = &mapped[0].draft else {
                unreachable!("{collection}.{extension}: {mapped:?}");
            };
            assert_eq!(draft.kind, kind, "{extension}");
            assert_eq!(draft.key, (i + 1).to_string());
            assert_eq!(draft.valid_from, Some(day("2020-01-01")));
            let Shape::Areas(areas) = &draft.shape else {
                unreachable!("{:?}", draft.shape);
            };
            let was = lot(603_481_725, -558_589_635).normalized();
            assert_eq!(areas.normalized(), was, "{extension}");
        }
    }
}

#[test]
fn a_rejected_feature_is_kept_whole_mended_and_imported_again() {
    let folder = Folder::new();
    let csv = "WKT,MaXa,SoTo,SoThua,MDSD\n\
        \"POLYGON((603481.725 1191410.365,603486.725 1191410.365,603486.725 1191430.365,603481.725 1191410.365))\",26743,7,,ODT\n";
    let path = folder.file("thua.csv", csv);
    let profile = Profile::load("parcels").expect("built in");
    assert!(map_file(&path, &profile, Some(9210))[0].draft.is_none());
    let mut source: Source = source::open(&path, &options()).expect("the file opens");
    let layer = source.layer(None).expect("one layer");
    let mut kept: Vec<_> = source
        .features(&layer)
        .expect("the child answers")
        .collect::<Result<_, _>>()
        .expect("every feature arrives");
    let number = kept[0].fields.iter().position(|f| f == "SoThua");
    kept[0].values[number.expect("the field")] = diachinh::exchange::source::Value::Integer(15);
    let mended = folder.path().join("bi_loai.gpkg");
    let layer = export::KeptLayer {
        crs: Some(Epsg(9210)),
        features: kept
            .into_iter()
            .map(|raw| {
                export::RejectedFeature::new(raw, "no number".to_owned(), "thua.csv".to_owned())
            })
            .collect(),
    };
    let count = export::write_kept(&[layer], "thua", &mended);
    assert_eq!(count.expect("the file is written"), 1);
    let parcels = parcels(map_file(&mended, &profile, None));
    assert_eq!(parcels[0].as_map.to_string(), "26743.7.15");
    assert_eq!(parcels[0].shape.0[0].exterior.0[0].x(), 603_481_725);
}

#[test]
fn a_file_that_cannot_be_written_leaves_the_old_one_and_nothing_half_done() {
    let folder = Folder::new();
    let path = folder.file("thua.geojson", "the old one");
    let planes = planes();
    let transforms = Transforms::new(&planes).expect("PROJ's database");
    let mut record = export::of_parcel(&two_parcels()[0].0, two_parcels()[0].1);
    record.plane = Epsg(4);
    let records = std::iter::once(record);
    let format = ExportFormat::GeoJson;
    let failed = export::write(
        Target::Parcels,
        format,
        (records, Ids::Features),
        &planes,
        &transforms,
        &path,
    );
    assert!(matches!(failed, Err(ExportError::Crs(_))));
    let left = std::fs::read_to_string(&path).expect("still there");
    assert_eq!(left, "the old one");
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 1);
    assert!(ExportFormat::of_extension(std::path::Path::new("a.kml")).is_err());
}

#[test]
fn the_command_exports_what_the_register_holds_on_a_day_and_it_comes_back() {
    let folder = Folder::new();
    let register = folder.path().join("city.gpkg").display().to_string();
    let edit = crate::fixture::land("two_villages", &planes());
    crate::harness::commit(&StoreOptions::at(&register), &edit);
    let day = day("2026-01-01");
    let mut held: Vec<&Parcel> = Vec::new();
    for change in &edit.parcels {
        if let ParcelChange::Open { parcel, from, to } = change
            && *from <= day
            && to.is_none_or(|to| day < to)
        {
            held.push(parcel);
        }
    }
    assert!(!held.is_empty());
    let profile = Profile::load("parcels").expect("built in");
    for (extension, _) in FORMATS {
        let name = format!("thua.{extension}");
        let arguments = ["export", "parcels", &name, "--date", "2026-01-01"];
        let mut command = crate::harness::diachinh(&folder);
        let output = command
            .args(arguments)
            .args(["--store", &register])
            .output();
        let output = output.expect("the program starts");
        let said = crate::harness::stderr(&output);
        assert!(output.status.success(), "{said}");
        let told = crate::harness::stdout(&output);
        assert!(told.contains(&format!("{} parcels", held.len())), "{told}");
        let drafts = parcels(map_file(&folder.path().join(&name), &profile, None));
        assert_eq!(drafts.len(), held.len(), "{extension}");
        for parcel in &held {
            let same = drafts.iter().any(|draft| {
                draft.as_map == parcel.as_map
                    && draft.plane == parcel.plane
                    && draft.shape.normalized() == parcel.shape.normalized()
                    && draft.land_use == parcel.land_use
                    && draft.registered_area == parcel.registered_area
            });
            assert!(same, "{extension}: {}", parcel.as_map);
        }
    }
    let mut command = crate::harness::diachinh(&folder);
    let output = command.args(["export", "parcels", "thua.kml"]).output();
    assert_eq!(output.expect("the program starts").status.code(), Some(2));
}
