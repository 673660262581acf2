//! The snapshot file: read back it answers the same; a file that is not whole is refused.

use crate::village::{EAST, WEST, city, code, key, land_of, merger, rectangle, version};
use diachinh::cadastre::{
    Day, Instant, Interval, LandUseCode, LandUseLine, Lifespan, Lineage, LineageKind,
    NationalParcelIdentifier, ParcelVersion, RegisteredArea, Revision, UseForm, Ward, WardKind,
};
use diachinh::geometry::Shape;
use diachinh::land::{Changes, City, Land, LookupQuestion, SnapshotError};
use diachinh::planning::{
    Corridor, CorridorKind, FeatureId, FeatureKind, LawStatus, Layer, LayerCode, LayerCondition,
    LegalProvision, Office, PlanFeature, PlanUnit, RightOfWay, Theme,
};

fn layer() -> Layer {
    Layer {
        code: LayerCode("roads".into()),
        theme: Theme("roads".into()),
        title_vi: "Lộ giới".to_owned(),
        title_en: "Rights of way".to_owned(),
        coverage: vec![(WEST, rectangle(WEST, 603_000.0, 1_191_000.0, 900.0, 900.0))],
        as_of: merger(),
        accuracy_mm: 50,
        law_status: LawStatus::AnnouncedWithEffect,
        provisions: vec![LegalProvision {
            act: "6982/QĐ-UB-QLĐT".to_owned(),
            article: None,
            dated: Day::from_ymd(1995, 9, 30),
            link: None,
        }],
        office: Office {
            code: "H29".to_owned(),
            name_vi: "Thành phố".to_owned(),
            name_en: "City".to_owned(),
        },
        synthetic: true,
        withdrawn: None,
        condition: LayerCondition::Sound,
    }
}

fn feature(id: i64, kind: FeatureKind) -> PlanFeature {
    let shape = rectangle(WEST, 603_400.0 + id as f64, 1_191_300.0, 50.0, 12.0);
    PlanFeature {
        id: FeatureId(id),
        layer: layer().code,
        key: id.to_string(),
        kind,
        shapes: vec![(WEST, Shape::Areas(shape))],
        provisions: layer().provisions,
        lifespan: Lifespan {
            valid: Interval::open(merger()),
            recorded: Interval::open(Instant(5)),
        },
        recorded_in: Revision(1),
    }
}

fn features() -> Vec<PlanFeature> {
    let road = RightOfWay {
        street: "Lê Lợi".to_owned(),
        width_mm: Some(40_000),
        decision: layer().provisions.pop(),
        alley: false,
    };
    let corridor = Corridor {
        kind: CorridorKind::Power,
        name: "110 kV".to_owned(),
        width_mm: None,
        voltage_v: Some(110_000),
    };
    let restriction = FeatureKind::Restriction {
        kind: "heritage".to_owned(),
        legend_vi: "Di tích".to_owned(),
        legend_en: "Heritage".to_owned(),
    };
    vec![
        feature(1, FeatureKind::RightOfWay(road)),
        feature(2, FeatureKind::Corridor(corridor)),
        feature(3, restriction),
        feature(
            4,
            FeatureKind::PlanUnit(PlanUnit {
                code: "I.12".to_owned(),
                function: "nhóm nhà ở".to_owned(),
                indices: Default::default(),
            }),
        ),
    ]
}

fn line(code: &str, m2: Option<f64>) -> LandUseLine {
    LandUseLine {
        code: LandUseCode::parse(code).expect("a code"),
        area: m2.map(|m2| RegisteredArea::from_m2(m2).expect("an area")),
        origin: Some("CNQ-CTT".into()),
        form: Some(UseForm::Private),
        until: Some(merger()),
    }
}

/// Versions that use every column and pool.
fn versions() -> Vec<ParcelVersion> {
    let mut versions: Vec<ParcelVersion> = (1..40_i64)
        .map(|id| {
            let (plane, east) = if id % 4 == 0 {
                (EAST, 426_900.0)
            } else {
                (WEST, 603_480.0)
            };
            let shape = rectangle(plane, east + 5.0 * id as f64, 1_191_400.0, 5.0, 20.0);
            let number = if id % 5 == 0 {
                format!("{id}A")
            } else {
                id.to_string()
            };
            version(
                id,
                "26743",
                key("26743", &(id % 3 + 1).to_string(), &number),
                plane,
                shape,
            )
        })
        .collect();
    versions[0].parcel.national_identifier = NationalParcelIdentifier::parse("000000000000").ok();
    versions[1].parcel.national_identifier = NationalParcelIdentifier::parse("AB-1").ok();
    versions[2].parcel.land_use = vec![line("ODT", Some(60.0)), line("CLN", Some(40.0))];
    versions[3].parcel.land_use = vec![line("ODT", Some(100.0)), line("CLN", None)];
    versions[4].parcel.as_certificate = Some(key("26749", "C", "7"));
    versions[5].parcel.registered_area = None;
    versions[6].lifespan.valid.to = Some(merger().next());
    versions[7].lifespan.recorded = Interval::open(Instant(77));
    let island = rectangle(WEST, 700_000.0, 1_191_400.0, 5.0, 20.0).0;
    versions[8].parcel.shape.0.extend(island);
    let hole = rectangle(WEST, 603_526.0, 1_191_410.0, 1.0, 1.0)
        .0
        .remove(0)
        .exterior;
    versions[8].parcel.shape.0[0].interiors.push(hole);
    versions
}

fn land() -> Land {
    let changes = Changes {
        to: Revision(7),
        recorded_at: Some(Instant(77)),
        layers: vec![layer()],
        features: features(),
        lineage: vec![Lineage {
            predecessor: versions()[0].parcel.id,
            successor: versions()[1].parcel.id,
            kind: LineageKind::Merge,
            day: merger(),
        }],
        wards: vec![Ward {
            code: code("26743"),
            name: "Bến Thành".to_owned(),
            kind: WardKind::Ward,
            plane: WEST,
            border: rectangle(WEST, 603_000.0, 1_191_000.0, 900.0, 900.0),
            valid: Interval::open(merger()),
        }],
        ..Changes::default()
    };
    land_of(versions()).apply(&changes)
}

fn file() -> Vec<u8> {
    let mut bytes = Vec::new();
    land()
        .write_snapshot(&mut bytes)
        .expect("memory takes bytes");
    bytes
}

fn read(bytes: &[u8]) -> Result<Land, SnapshotError> {
    Land::read_snapshot(&mut &bytes[..], city())
}

/// Everything the land holds, and what a few lookups find.
fn contents(land: &Land) -> String {
    let ids = versions().into_iter().map(|v| v.parcel.id);
    let histories: Vec<_> = ids.map(|id| (land.history(id), land.lineage(id))).collect();
    let ask = |q: &str| land.lookup(&LookupQuestion::Text(q.to_owned()), merger());
    let asked = [
        "000000000000",
        "AB-1",
        "7/C p pham ngu lao",
        "3/1 ben thanh",
        "603486.000 1191401.000",
    ];
    let asked = asked.map(ask);
    let features: Vec<_> = land.features().collect();
    let layers: Vec<_> = land.layers().collect();
    format!(
        "{:?} {:?} {histories:?} {asked:?} {features:?} {layers:?} {:?} {:?}",
        land.revision(),
        land.recorded_at(),
        land.wards(),
        land.successions()
    )
}

#[test]
fn a_land_read_back_answers_as_the_one_that_was_written() {
    let back = read(&file()).expect("the file is whole");
    assert_eq!(contents(&back), contents(&land()));
    for version in versions() {
        assert_eq!(back.history(version.parcel.id), [version]);
    }
    let mut again = Vec::new();
    back.write_snapshot(&mut again).expect("memory takes bytes");
    assert!(again == file(), "the same land is the same file");
}

#[test]
fn an_empty_land_can_be_kept_too() {
    let mut bytes = Vec::new();
    land_of([])
        .write_snapshot(&mut bytes)
        .expect("memory takes bytes");
    let back = read(&bytes).expect("the file is whole");
    assert_eq!(back.size().versions, 0);
}

#[test]
fn a_file_that_ends_anywhere_too_early_is_refused() {
    let bytes = file();
    let lengths = (0..200).chain((200..bytes.len()).step_by(97));
    for length in lengths {
        let refused = read(&bytes[..length]);
        let why = refused.err().map(|e| e.to_string());
        assert!(
            matches!(read(&bytes[..length]), Err(SnapshotError::Truncated)),
            "{length}: {why:?}"
        );
    }
}

#[test]
fn a_byte_flipped_anywhere_is_noticed() {
    let mut bytes = file();
    for place in (0..bytes.len()).step_by(61).chain(0..64) {
        bytes[place] ^= 0x10;
        assert!(read(&bytes).is_err(), "byte {place}");
        bytes[place] ^= 0x10;
    }
    assert!(read(&bytes).is_ok());
}

#[test]
fn foreign_newer_and_longer_files_and_other_cities_are_refused_by_name() {
    let mut bytes = file();
    assert!(matches!(
        read(b"SQLite format 3\0 and more"),
        Err(SnapshotError::Foreign)
    ));
    bytes.push(0);
    assert!(matches!(read(&bytes), Err(SnapshotError::Inconsistent)));
    bytes.pop();
    bytes[8] = 99;
    assert!(matches!(read(&bytes), Err(SnapshotError::OtherFormat(99))));
    let text = include_str!("../../data/planes.toml").replace("epsg = 5899", "epsg = 5898");
    let planes = diachinh::crs::Planes::load(&text).expect("planes of another city");
    let elsewhere = City {
        planes: planes.into(),
        ..city()
    };
    let refused = Land::read_snapshot(&mut &file()[..], elsewhere);
    assert!(matches!(refused, Err(SnapshotError::OtherCity(EAST))));
}
