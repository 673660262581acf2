//! Field profiles: a stranger's file becomes parcels on the grid, and what cannot is told.

use std::path::Path;

use diachinh::crs::{Epsg, Planes, Transforms};
use diachinh::exchange::assemble::{Drawing, TextRole};
use diachinh::exchange::mapping::{Mapped, Mapper, MappingError, Origin};
use diachinh::exchange::profile::Profile;
use diachinh::exchange::source::{self, Source};
use diachinh::exchange::{Draft, FindingCode, ParcelDraft};

use crate::harness::Folder;
use crate::source_files::options;

/// Opens a file, maps every feature of its layer by a profile, and returns what became of each.
pub fn map_file(path: &Path, profile: &Profile, crs: Option<u32>) -> Vec<Mapped> {
    let mut source = source::open(path, &options()).expect("the file opens");
    map_source(&mut source, profile, crs).expect("the profile fits")
}

fn map_source(
    source: &mut Source,
    profile: &Profile,
    crs: Option<u32>,
) -> Result<Vec<Mapped>, MappingError> {
    let planes = Planes::load(include_str!("../../data/planes.toml")).expect("planes");
    let transforms = Transforms::new(&planes).expect("PROJ's database");
    let layer = source
        .layer(profile.layer.as_deref())
        .expect("the layer is there");
    let origin = Origin {
        format: source.format(),
        layer: &layer,
        crs: crs.map(Epsg),
        plane_of_ward: None,
        plane_at: None,
    };
    let mut mapper = Mapper::new(profile, origin, &planes, &transforms)?;
    let features = source.features(&layer).expect("the child answers");
    Ok(features
        .map(|f| mapper.map(&f.expect("the feature arrives")))
        .collect())
}

/// The parcels among what features became.
pub fn parcels(mapped: Vec<Mapped>) -> Vec<ParcelDraft> {
    mapped
        .into_iter()
        .filter_map(|m| match m.draft {
            Some(Draft::Parcel(parcel)) => Some(*parcel),
            _ => None,
        })
        .collect()
}

#[test]
fn the_french_commune_becomes_511_parcels_with_the_sums_of_its_source() {
    let profile = Profile::load("fr-cadastre").expect("built in");
    let path = Path::new("tests/fixtures/fr-cadastre/commune-25354.gpkg");
    let mapped = map_file(path, &profile, None);
    assert!(mapped.iter().all(|m| m.findings.is_empty()));
    let parcels = parcels(mapped);
    assert_eq!(parcels.len(), 511);
    let registered: f64 = parcels
        .iter()
        .filter_map(|p| Some(p.registered_area?.m2()))
        .sum();
    let measured: i128 = parcels.iter().map(|p| p.shape.twice_area()).sum();
    assert_eq!(registered, 6_131_147.0);
    assert!((measured as f64 / 2e6 - 6_118_216.07).abs() < 0.01);
    let first = &parcels[0];
    assert_eq!(first.as_map.to_string(), "25354.AB.1");
    assert_eq!(first.plane, Epsg(2154));
    let day = first.valid_from.expect("CREAT_DATE is mapped");
    assert_eq!(day.to_string(), "2008-07-14");
}

const CSV: &str = "\
WKT,MaXa,SoTo,SoThua,DienTich,TyLe,MDSD
\"POLYGON((603481.725 1191410.365,603486.725 1191410.365,603486.725 1191430.3654,603481.725 1191430.365,603481.725 1191410.365))\",26743,007,012,\"100,0\",1:500,ODT+CLN
\"POLYGON((1191410.365 603481.725,1191410.365 603486.725,1191430.365 603486.725,1191410.365 603481.725))\",26743,7,13,100,500,ODT
\"POLYGON((106.698 10.7721,106.699 10.7721,106.699 10.773,106.698 10.7721))\",26743,7,14,100,500,ODT
\"POLYGON((426902.367 1144200.498,426910 1144200,426910 1144210,426902.367 1144200.498))\",26743,7,15,100,500,ODT
\"LINESTRING(603481 1191410,603486 1191410)\",26743,7,16,100,500,ODT
,26743,7,17,100,500,ODT
\"POLYGON((603481.725 1191410.365,603486.725 1191410.365,603486.725 1191430.365,603481.725 1191410.365))\",26743,,18,100,500,ODT
\"POLYGON((603481.725 1191410.365,603486.725 1191410.365,603486.725 1191430.365,603481.725 1191410.365))\",26743,7,19,mot tram,500,ODT
";

#[test]
fn each_feature_of_a_csv_becomes_a_parcel_or_a_finding_with_its_cause() {
    let folder = Folder::new();
    let path = folder.file("thua.csv", CSV);
    let profile = Profile::load("parcels").expect("built in");
    let mapped = map_file(&path, &profile, Some(9210));
    let codes: Vec<_> = mapped
        .iter()
        .map(|m| m.findings.first().map(|f| (f.code, f.reason.en.clone())))
        .collect();
    let is = |at: usize, code: FindingCode, words: &str| {
        let found = codes[at].clone().expect("a finding");
        assert_eq!(found.0, code);
        assert!(found.1.contains(words), "{}", found.1);
    };
    assert_eq!(codes[0], None);
    is(1, FindingCode::OutsidePlane, "axes look swapped");
    is(2, FindingCode::OutsidePlane, "longitude and latitude");
    is(3, FindingCode::OutsidePlane, "EPSG:5899");
    is(4, FindingCode::WrongGeometry, "a line, expected an area");
    is(5, FindingCode::MissingGeometry, "no geometry");
    is(6, FindingCode::MissingField, "sheet");
    is(7, FindingCode::UnreadableField, "mot tram");
    assert_eq!(mapped[7].findings[0].key.as_deref(), Some("26743.7.19"));
    let parcels = parcels(mapped);
    assert_eq!(parcels.len(), 1);
    let parcel = &parcels[0];
    assert_eq!(parcel.as_map.to_string(), "26743.7.12");
    assert_eq!(parcel.land_use.len(), 2);
    let corner = parcel.shape.0[0].exterior.0[2];
    assert_eq!((corner.x(), corner.y()), (603_486_725, -558_569_635));
}

#[test]
fn a_file_in_longitude_and_latitude_lands_on_the_plane_that_expects_it() {
    let folder = Folder::new();
    let path = folder.file(
        "thua.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"commune":"26743","sheet":7,"number":12},
        "geometry":{"type":"Polygon","coordinates":[[[106.6980,10.7721,5],[106.6981,10.7721,5],[106.6981,10.7723,5],[106.6980,10.7721,5]]]}}]}"#,
    );
    let profile = Profile::load("parcels").expect("built in");
    let parcels = parcels(map_file(&path, &profile, None));
    assert_eq!(parcels[0].plane, Epsg(9210));
    let first = parcels[0].shape.0[0].exterior.0[0];
    assert_eq!((first.x(), first.y()), (603_481_725, -558_589_635));
}

#[test]
fn a_profile_that_names_a_field_the_layer_lacks_is_refused_with_the_fields_it_has() {
    let folder = Folder::new();
    let path = folder.file("thua.csv", CSV);
    let profile = Profile::load("hcmc-shapefile-tcvn3").expect("built in");
    let mut source = source::open(&path, &options()).expect("the file opens");
    let error = map_source(&mut source, &profile, None).expect_err("no SHTHUA");
    let text = error.to_string();
    assert!(text.contains("`SHTHUA`") && text.contains("SoTo"), "{text}");
    let profile = Profile::load("parcels").expect("built in");
    let error = map_source(&mut source, &profile, None).expect_err("no CRS");
    assert!(error.to_string().contains("--crs"));
}

/// Converts a CSV with WKT by `ogr2ogr`.
fn convert(folder: &Folder, csv: &str, name: &str, arguments: &[&str]) -> std::path::PathBuf {
    let from = folder.file("goc.csv", csv);
    let path = folder.path().join(name);
    let mut command = std::process::Command::new("ogr2ogr");
    command.args([
        "-oo",
        "GEOM_POSSIBLE_NAMES=WKT",
        "-oo",
        "KEEP_GEOM_COLUMNS=NO",
    ]);
    let output = command.args(arguments).arg(&path).arg(&from).output();
    let output = output.expect("gdal-bin is installed for the tests");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    path
}

const LOT: &str = "POLYGON((603481.725 1191410.365,603486.725 1191410.365,\
    603486.725 1191430.365,603481.725 1191430.365,603481.725 1191410.365))";

#[test]
fn a_shapefile_in_tcvn3_becomes_parcels_with_names_in_unicode() {
    // The bytes of TCVN3, written as what Windows-1252 shows for them.
    let csv = format!(
        "WKT,MAXA,SHBANDO,SHTHUA,DIENTICH,MDSD,NGAYCN\n\
         \"{LOT}\",26743,7,12,\"100,5\",§Êt ë ®« thÞ,01/07/2025\n"
    );
    let folder = Folder::new();
    let shapefile = ["-f", "ESRI Shapefile", "-lco", "ENCODING=CP1252"];
    let path = convert(&folder, &csv, "thua.shp", &shapefile);
    let mut profile = Profile::load("hcmc-shapefile-tcvn3").expect("built in");
    let parcels = parcels(map_file(&path, &profile, None));
    let parcel = &parcels[0];
    assert_eq!(parcel.as_map.to_string(), "26743.7.12");
    assert_eq!(parcel.land_use[0].code.as_str(), "ODT");
    assert_eq!(parcel.registered_area.map(|a| a.m2()), Some(100.5));
    let day = parcel.valid_from.expect("NGAYCN is mapped");
    assert_eq!(day.to_string(), "2025-07-01");
    profile.encoding = diachinh::exchange::text::Encoding::Utf8;
    let refused = map_file(&path, &profile, None);
    let finding = &refused[0].findings[0];
    assert_eq!(finding.code, FindingCode::UnreadableText);
    assert!(finding.reason.en.contains("MDSD"), "{}", finding.reason.en);
}

#[test]
fn a_dgn_map_gives_boundary_lines_and_texts_by_their_levels() {
    let folder = Folder::new();
    let line = LOT.replace("POLYGON((", "LINESTRING(").replace("))", ")");
    let label = |at: &str, level: u8, text: &str| {
        format!("POINT({at}),{level},\"LABEL(t:\"\"{text}\"\",s:1g)\"\n")
    };
    let mut csv = "WKT,Level,OGR_STYLE\n".to_owned();
    csv += &format!("\"{line}\",10,\n\"{line}\",14,\n");
    csv += &label("603484 1191420", 13, "12");
    csv += &label("603484 1191418", 4, "100.0");
    csv += &label("603484 1191416", 2, "ODT");
    csv += &label("603484 1191414", 50, "§\u{ad}êng");
    let arguments = ["-f", "DGN", "-dsco", "SUB_UNITS_PER_MASTER_UNIT=1000"];
    let grid = ["-dsco", "UOR_PER_SUB_UNIT=1", "-dsco", "ORIGIN=0,0,0"];
    let arguments = [&arguments[..], &grid[..]].concat();
    let path = convert(&folder, &csv, "26743_7_500.dgn", &arguments);
    let profile = Profile::load("dgn-map").expect("built in");
    let profile = profile.for_file(&path).expect("the name fits");
    let mut source = source::open(&path, &options()).expect("the file opens");
    let planes = Planes::load(include_str!("../../data/planes.toml")).expect("planes");
    let transforms = Transforms::new(&planes).expect("PROJ's database");
    let layer = source.layer(profile.layer.as_deref()).expect("elements");
    let origin = Origin {
        format: source.format(),
        layer: &layer,
        crs: None,
        plane_of_ward: None,
        plane_at: None,
    };
    let mapper = Mapper::new(&profile, origin, &planes, &transforms).expect("it fits");
    let mut drawing = Drawing::default();
    for feature in source.features(&layer).expect("the child answers") {
        let feature = feature.expect("the element arrives");
        let drawn = mapper.draw(&feature, &mut drawing);
        drawn.unwrap_or_else(|finding| unreachable!("{finding:?}"));
    }
    assert_eq!(drawing.lines.len(), 1);
    assert_eq!(drawing.lines[0].line.0.len(), 5);
    assert_eq!(drawing.lines[0].line.0[0].x(), 603_481_725);
    let texts: Vec<_> = drawing
        .texts
        .iter()
        .map(|t| (t.role, t.text.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            (TextRole::Number, "12"),
            (TextRole::Area, "100.0"),
            (TextRole::LandUse, "ODT")
        ]
    );
    let title = mapper
        .title_block()
        .expect("constants, and the name of the file");
    assert_eq!((title.plane, title.commune.number()), (Epsg(9210), 26743));
}

#[test]
fn what_the_surveyors_order_and_other_units_mean_is_said_by_the_profile() {
    let folder = Folder::new();
    let csv = "WKT,XA,TO,THUA,HA\n\
        \"POLYGON Z((1191410.365 603481.725 2,1191410.365 603486.725 2,1191430.365 603486.725 2,1191410.365 603481.725 2))\",743,7,12,\"0,0100\"\n\
        \"CURVEPOLYGON(CIRCULARSTRING(1191410 603480,1191420 603490,1191410 603500,1191400 603490,1191410 603480))\",743,7,13,1\n";
    let path = folder.file("thua.csv", csv);
    let text = "title_vi = \"x\"\ntitle_en = \"x\"\ntarget = \"parcels\"\ncrs = 9210\n\
        axis_order = \"north_east\"\narea_unit = \"ha\"\n[fields]\nsheet = \"TO\"\nnumber = \"THUA\"\n\
        commune = { template = \"26{XA}\" }\nregistered_area = \"HA\"\n[constants]\nscale = 2000\n";
    let profile = Profile::parse(text, "a.toml").expect("a profile");
    let mapped = map_file(&path, &profile, None);
    assert_eq!(mapped[1].findings[0].code, FindingCode::CurvesFlattened);
    let parcels = parcels(mapped);
    let first = parcels[0].shape.0[0].exterior.0[0];
    assert_eq!((first.x(), first.y()), (603_481_725, -558_589_635));
    assert_eq!(parcels[0].registered_area.map(|a| a.m2()), Some(100.0));
    assert_eq!(parcels[0].as_map.to_string(), "26743.7.12");
    assert!(parcels[1].shape.0[0].exterior.0.len() > 100);
}
