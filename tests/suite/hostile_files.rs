//! Files that are damaged, lie, never end or are none: each ends in a clear problem or is read
//! whole, within its limits, and the parent lives.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use diachinh::exchange::source::{self, Limits, RawFeature, ReadOptions};

use crate::harness::Folder;
use crate::source_files::options;

/// Limits under which no file of this corpus may take long.
fn tight() -> ReadOptions {
    ReadOptions {
        limits: Limits {
            cpu_s: 5,
            wait_s: 20,
            memory_bytes: 1 << 30,
            frame_bytes: 16 << 20,
            features: 100_000,
            ..Limits::default()
        },
        ..options()
    }
}

/// Reads every layer of a file to its end.
fn read_all(path: &Path, options: &ReadOptions) -> Result<Vec<RawFeature>, source::Error> {
    let mut source = source::open(path, options)?;
    let mut all = Vec::new();
    for layer in source.layers().to_vec() {
        for feature in source.features(&layer)? {
            all.push(feature?);
        }
    }
    Ok(all)
}

/// The problem with a file, as a person reads it.
pub fn problem(path: &Path) -> String {
    let started = Instant::now();
    let error = read_all(path, &tight()).expect_err("the file is not read");
    assert!(started.elapsed() < Duration::from_secs(25), "{error}");
    error.to_string()
}

fn run(command: &mut Command) {
    let output = command
        .output()
        .expect("gdal-bin is installed for the tests");
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// How many features each file of [`corpus`] has.
const FEATURES: usize = 40;

/// The same forty squares in every format that is read.
pub fn corpus(folder: &Folder) -> Vec<PathBuf> {
    let mut csv = "WKT,soto,sothua,ghichu\n".to_owned();
    let mut lines = "WKT,Layer\n".to_owned();
    for i in 0..FEATURES {
        let (x, y) = (600_000 + 10 * i, 1_190_000);
        let ring = format!("({x} {y},{} {y},{} {},{x} {y})", x + 5, x + 5, y + 20);
        csv += &format!("\"POLYGON({ring})\",7,{i},Bến Thành {i}\n");
        lines += &format!("\"LINESTRING{ring}\",10\n");
    }
    let (areas, lines) = (folder.file("goc.csv", &csv), folder.file("net.csv", &lines));
    let mut files = vec![areas.clone()];
    for (driver, extension, from) in [
        ("GPKG", "gpkg", &areas),
        ("ESRI Shapefile", "shp", &areas),
        ("GeoJSON", "geojson", &areas),
        ("FlatGeobuf", "fgb", &areas),
        ("GML", "gml", &areas),
        ("DXF", "dxf", &lines),
        ("DGN", "dgn", &lines),
    ] {
        let path = folder.path().join(format!("thua.{extension}"));
        let mut command = Command::new("ogr2ogr");
        command.args([
            "-f",
            driver,
            "-a_srs",
            "EPSG:9210",
            "-oo",
            "GEOM_POSSIBLE_NAMES=WKT",
        ]);
        command.args(["-nln", "thua"]).arg(&path).arg(from);
        if driver == "DGN" {
            command.args(["-dsco", "SUB_UNITS_PER_MASTER_UNIT=1000"]);
            command.args(["-dsco", "UOR_PER_SUB_UNIT=1", "-select", "Layer"]);
        }
        run(&mut command);
        files.push(path);
    }
    files
}

#[test]
fn every_format_on_the_list_is_read_whole() {
    let folder = Folder::new();
    for path in corpus(&folder) {
        let features = read_all(&path, &tight());
        let features = features.unwrap_or_else(|e| unreachable!("{e}"));
        // MicroStation keeps a few elements of its own in every drawing.
        let drawn = features.iter().filter(|f| f.geometry.is_some()).count();
        assert_eq!(drawn, FEATURES, "{}", path.display());
    }
}

#[test]
fn a_file_cut_short_anywhere_is_a_problem_or_whole_and_never_a_part() {
    let folder = Folder::new();
    for path in corpus(&folder) {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let bytes = std::fs::read(&path).expect("written above");
        let whole = read_all(&path, &tight()).expect("read before").len();
        for tenths in 0..10 {
            let cut = &bytes[..bytes.len() * tenths / 10];
            std::fs::write(&path, cut).expect("the folder takes files");
            if let Ok(features) = read_all(&path, &tight()) {
                // CSV has no end of its own: what is there is all there is.
                let open_ended = extension == "csv";
                assert!(
                    open_ended || features.len() == whole,
                    "{extension} cut to {tenths}0 %: {} of {whole}",
                    features.len()
                );
            }
        }
    }
}

#[test]
fn bytes_changed_at_random_never_harm_the_parent() {
    let folder = Folder::new();
    let mut state = 0x5eed_u64;
    let mut random = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    for path in corpus(&folder) {
        let bytes = std::fs::read(&path).expect("written above");
        for _ in 0..12 {
            let mut changed = bytes.clone();
            for _ in 0..8 {
                let at = random(changed.len());
                changed[at] = u8::try_from(random(256)).unwrap_or(0);
            }
            std::fs::write(&path, &changed).expect("the folder takes files");
            let started = Instant::now();
            // Either way out is right; a crash of the test or a hang is not.
            let _ = read_all(&path, &tight());
            assert!(
                started.elapsed() < Duration::from_secs(25),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn what_is_no_plain_file_is_never_opened() {
    let folder = Folder::new();
    let fifo = folder.path().join("a.csv");
    run(Command::new("mkfifo").arg(&fifo));
    let looping = folder.path().join("b.csv");
    std::os::unix::fs::symlink(&looping, &looping).expect("the folder takes links");
    for path in [
        fifo,
        looping,
        folder.path().to_owned(),
        PathBuf::from("/dev/zero"),
        PathBuf::from("/vsicurl/http://127.0.0.1:1/a.gpkg"),
        PathBuf::from("/vsizip//tmp/a.zip/a.gpkg"),
        PathBuf::from("https://127.0.0.1/a.geojson"),
        PathBuf::from("khong-co.gpkg"),
    ] {
        assert!(source::open(&path, &tight()).is_err(), "{}", path.display());
    }
}

#[test]
fn a_gigantic_file_is_refused_before_it_is_read() {
    let folder = Folder::new();
    let path = folder.file("a.csv", &format!("WKT,a\n{}", ",1\n".repeat(200)));
    let file = std::fs::File::options().write(true).open(&path);
    let sparse = file.and_then(|f| f.set_len(70 << 30));
    sparse.expect("the file system has sparse files");
    assert!(problem(&path).contains("at most"));
}

#[test]
fn a_geopackage_whose_view_never_ends_is_stopped() {
    let folder = Folder::new();
    let path = corpus(&folder).swap_remove(1);
    let script = "import sqlite3,sys
c=sqlite3.connect(sys.argv[1])
c.execute('drop table thua')
c.execute(sys.argv[2])
c.commit()";
    let endless = "create view thua as with recursive n(fid) as (select 1 union all select fid+1 \
        from n) select fid, null as geom, 'x' as soto from n";
    run(Command::new("/usr/bin/python3")
        .args(["-c", script])
        .arg(&path)
        .arg(endless));
    let text = problem(&path);
    assert!(
        text.contains("features") || text.contains("seconds"),
        "{text}"
    );
    let second = Folder::new();
    let path = corpus(&second).swap_remove(1);
    let swollen = "create view thua as select 1 as fid, null as geom, \
        hex(zeroblob(900000000)) as soto";
    run(Command::new("/usr/bin/python3")
        .args(["-c", script])
        .arg(&path)
        .arg(swollen));
    problem(&path);
}

#[test]
fn entities_blocks_and_links_that_multiply_or_go_in_circles_end() {
    let folder = Folder::new();
    let mut entities =
        String::from("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaa\">");
    for i in 1..12 {
        let ten = format!("&a{};", i - 1).repeat(10);
        entities += &format!("<!ENTITY a{i} \"{ten}\">");
    }
    entities += "]><ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" \
        xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:a fid=\"1\">\
        <ogr:t>&a11;</ogr:t></ogr:a></gml:featureMember></ogr:FeatureCollection>";
    let started = Instant::now();
    let _ = read_all(&folder.file("a.gml", &entities), &tight());
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\
        <ogr:FeatureCollection xmlns:ogr=\"http://ogr.maptools.org/\" \
        xmlns:gml=\"http://www.opengis.net/gml\"><gml:featureMember><ogr:a fid=\"1\">\
        <ogr:t>&a;</ogr:t></ogr:a></gml:featureMember></ogr:FeatureCollection>";
    if let Ok(features) = read_all(&folder.file("b.gml", outside), &tight()) {
        assert!(!format!("{features:?}").contains("root:"));
    }
    let mut blocks = String::from("  0\nSECTION\n  2\nBLOCKS\n");
    for (name, inserts) in [("A", "B"), ("B", "A")] {
        blocks += &format!("  0\nBLOCK\n  8\n0\n  2\n{name}\n 10\n0\n 20\n0\n");
        for _ in 0..3 {
            blocks += &format!(
                "  0\nINSERT\n  8\n0\n  2\n{inserts}\n 10\n1\n 20\n1\n 70\n1000\n 71\n1000\n"
            );
        }
        blocks += "  0\nENDBLK\n";
    }
    blocks += "  0\nENDSEC\n  0\nSECTION\n  2\nENTITIES\n";
    blocks += "  0\nINSERT\n  8\n0\n  2\nA\n 10\n1\n 20\n1\n 70\n30000\n 71\n30000\n";
    blocks += "  0\nENDSEC\n  0\nEOF\n";
    let _ = read_all(&folder.file("c.dxf", &blocks), &tight());
    let deep = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":{}",
        "[".repeat(3_000_000)
    );
    let _ = read_all(&folder.file("d.geojson", &deep), &tight());
    assert!(started.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_drawing_that_fills_memory_or_time_is_stopped_with_the_limit_named() {
    let folder = Folder::new();
    let mut csv = String::from("WKT,a\n\"LINESTRING(0 0");
    for i in 0..400_000 {
        csv += &format!(",{i} 1");
    }
    csv += ")\",x\n";
    let path = folder.file("a.csv", &csv);
    let mut options = tight();
    options.limits.frame_bytes = 1 << 20;
    let error = read_all(&path, &options).expect_err("larger than a frame");
    assert!(error.to_string().contains("bytes"), "{error}");
    options = tight();
    options.limits.memory_bytes = 200 << 20;
    assert!(read_all(&path, &options).is_err());
}

#[test]
fn a_child_that_is_none_of_ours_is_not_believed() {
    let folder = Folder::new();
    let path = folder.file("a.csv", "WKT,a\n\"POINT(1 1)\",x\n");
    for (program, expected) in [
        ("/usr/bin/yes", "nonsense"),
        ("/bin/true", "ended early"),
        ("/khong/co", "confined"),
    ] {
        let options = ReadOptions {
            program: program.into(),
            ..tight()
        };
        let error = read_all(&path, &options).expect_err("not our child");
        assert!(error.to_string().contains(expected), "{error}");
    }
    let slow = folder.file("cham", "#!/bin/sh\nexec sleep 60\n");
    run(Command::new("chmod").arg("+x").arg(&slow));
    let mut options = ReadOptions {
        program: slow,
        ..tight()
    };
    options.limits.wait_s = 1;
    let error = read_all(&path, &options).expect_err("it says nothing");
    assert!(error.to_string().contains("`1` seconds"), "{error}");
}

#[test]
fn a_file_that_changes_or_has_unsaved_changes_is_refused() {
    let folder = Folder::new();
    let path = corpus(&folder).swap_remove(1);
    let mut source = source::open(&path, &tight()).expect("the file opens");
    let layer = source.layer(None).expect("one layer");
    let file = std::fs::File::options().append(true).open(&path);
    let appended = file.and_then(|mut f| f.write_all(b"x"));
    appended.expect("the folder takes files");
    let features = source.features(&layer).expect("the child answers");
    let last = features.last().expect("something came");
    assert!(last.is_err_and(|e| e.to_string().contains("changed")));
    folder.file("thua.gpkg-wal", "changes");
    assert!(problem(&path).contains("-wal"));
}

#[test]
fn a_user_without_rights_reads_as_root_does() {
    let folder = Folder::new();
    let path = folder.file("a.csv", "WKT,a\n\"POINT(1 1)\",x\n");
    let program = env!("CARGO_BIN_EXE_diachinh");
    let script = format!(
        "#!/bin/sh\nif [ $(id -u) = 0 ]; then exec setpriv --reuid=65534 --regid=65534 \
         --clear-groups {program} \"$@\"; else exec {program} \"$@\"; fi\n"
    );
    let wrapper = folder.file("doc", &script);
    run(Command::new("chmod").arg("+x").arg(&wrapper));
    let options = ReadOptions {
        program: wrapper,
        ..tight()
    };
    let source = source::open(&path, &options).expect("the file opens");
    let confined = source.confinement();
    assert!(confined.not_root && confined.no_open && confined.no_socket);
}

#[test]
fn a_file_only_root_may_read_is_read_for_root_although_the_child_is_nobody() {
    let folder = Folder::new();
    let path = folder.file("a.csv", "WKT,a\n\"POINT(1 1)\",x\n");
    run(Command::new("chmod").arg("600").arg(&path));
    run(Command::new("chmod").arg("700").arg(folder.path()));
    assert_eq!(read_all(&path, &tight()).expect("the owner reads").len(), 1);
}
