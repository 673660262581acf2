//! Tiles as files: what a restart, an edit, a turned day and a damaged folder make of them.

use std::path::{Path, PathBuf};
use std::process::Output;

use diachinh::cadastre::Day;
use diachinh::tile::{Atlas, Coding, Shelf, TileCoord, TileSet};

use super::cached::{figure, path};
use super::decoded::tile_at;
use crate::follow::renumbered;
use crate::harness::{Folder, Office, diachinh, stderr, stdout};
use crate::village::{WEST, key, land_of, merger, rectangle, version};

/// A server that keeps tiles in a folder.
fn office(folder: &Folder) -> Office {
    let place = folder.path().join("tiles");
    Office::open()
        .with_land("two_villages")
        .with(|config| config.app.tile_folder = place)
        .start()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.to_string_lossy().contains(".mvt") {
            found.push(path);
        }
    }
    found
}

/// Another server on the register and folder of one that has ended, after it had written all.
fn restarted(office: &Office, folder: &Folder, count: usize) -> Office {
    let started = std::time::Instant::now();
    while files(folder.path()).len() < count && started.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(files(folder.path()).len(), count);
    office.another()
}

#[test]
fn a_restart_renders_nothing_that_was_rendered_before() {
    let folder = Folder::new();
    let office = office(&folder);
    let (here, there) = (path(&office, 1), path(&office, 11));
    let first = office.ask("GET", &here, &[("accept-encoding", "gzip")]);
    let other = office.get(&there);
    let again = restarted(&office, &folder, 2);
    let kept = again.ask("GET", &here, &[("accept-encoding", "gzip")]);
    assert_eq!(kept.header("content-encoding"), "gzip");
    assert_eq!((kept.status, &kept.body), (200, &first.body));
    assert_eq!(kept.header("etag"), first.header("etag"));
    let tag = [("if-none-match", other.header("etag"))];
    assert_eq!(again.ask("GET", &there, &tag).status, 304);
    assert_eq!(figure(&again, "rendered"), 0);
}

#[test]
fn an_edit_takes_away_the_tiles_it_meets_and_no_others() {
    let folder = Folder::new();
    let office = office(&folder);
    let (here, there) = (path(&office, 2), path(&office, 11));
    let first = office.get(&here);
    office.get(&there);
    let again = restarted(&office, &folder, 2);
    let before = again.get("/tiles/city.json").at("/revision");
    again.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    again.commit(&renumbered(&again, "97"));
    again.get_until(&format!("/v1/changes?since={before}"), |answer| {
        answer.at("/revision") != before
    });
    let edited = again.get(&here);
    assert_ne!(edited.body, first.body);
    assert_eq!(figure(&again, "rendered"), 1);
    assert_eq!(again.get(&there).status, 200);
    assert_eq!(figure(&again, "rendered"), 1, "no edit met that one");
    // One who starts with the edited register does not take what was drawn before it.
    let last = restarted(&again, &folder, 2);
    assert_eq!(last.get(&here).body, edited.body);
}

#[test]
fn a_folder_that_is_damaged_lost_or_takes_no_files_harms_nothing() {
    let folder = Folder::new();
    let office = office(&folder);
    let here = path(&office, 1);
    let first = office.get(&here);
    let again = restarted(&office, &folder, 1);
    let kept = files(folder.path()).remove(0);
    let whole = std::fs::read(&kept).expect("a tile");
    let mut damaged = whole.clone();
    *damaged.last_mut().expect("bytes") ^= 1;
    std::fs::write(&kept, &damaged).expect("the folder takes files");
    assert_eq!(again.get(&here).body, first.body);
    assert_eq!(figure(&again, "rendered"), 1);
    // It is written anew; only then is nobody at work in the folder.
    let started = std::time::Instant::now();
    let is_whole = || std::fs::read(&kept).is_ok_and(|bytes| bytes == whole);
    while !is_whole() && started.elapsed().as_secs() < 10 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(is_whole());
    std::fs::remove_dir_all(folder.path()).expect("it was there");
    assert_eq!(office.another().get(&here).body, first.body);
    let nowhere = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.tile_folder = "/dev/full".into())
        .start();
    assert_eq!(nowhere.get(&here).body, first.body);
}

#[test]
fn tiles_of_yesterday_are_taken_where_the_turn_of_the_day_has_met_nothing() {
    let folder = Folder::new();
    let (east, north) = (603_480.0, 1_191_400.0);
    let lot = |id: i64, east: f64| {
        let shape = rectangle(WEST, east, north, 6.0, 20.0);
        version(id, "26743", key("26743", "5", &id.to_string()), WEST, shape)
    };
    let (near, mut far) = (lot(1, east), lot(2, east + 4000.0));
    let yesterday = merger();
    let today = Day(yesterday.0 + 1);
    far.lifespan.valid.to = Some(today);
    let corners = [&near, &far].map(|lot| lot.parcel.shape.envelope().expect("a lot").min);
    let land = land_of([near, far]);
    let tiles = corners.map(|corner| {
        let at = land.city().transforms.to_lonlat(WEST, corner);
        let at = at.expect("in the region");
        let (x, y) = tile_at(at.lon, at.lat, 16);
        TileCoord::new(16, x, y).expect("a tile")
    });
    let set = TileSet::from_name("city").expect("a set");
    let draw = |day: Day| {
        let shelf = Shelf::open(folder.path().join("tiles"), 1 << 20).expect("a thread");
        let atlas = Atlas::keeping(0, Some(shelf));
        atlas.advance(&land, day);
        let drawn = tiles.map(|tile| atlas.tile(&land, day, set, tile, Coding::Identity));
        (drawn.map(|tile| tile.bytes), atlas.cached().rendered)
    };
    let (first, rendered) = draw(yesterday);
    assert_eq!(rendered, 2);
    assert_eq!(draw(yesterday), (first.clone(), 0));
    let (second, rendered) = draw(today);
    assert_eq!(rendered, 1, "the parcel that ended was on one of them");
    assert_eq!(first[0], second[0]);
    assert!(!first[1].is_empty() && second[1].is_empty());
}

#[test]
fn tiles_in_vn_2000_are_rendered_ahead_and_taken_by_a_server() {
    let folder = Folder::new();
    let office = office(&folder);
    let vn2000 = ["--tile-matrix-set", "VN2000TM3Quad", "--coding", "identity"];
    let seed = |more: &[&str]| {
        let run = diachinh(&folder)
            .args(["tiles", "seed", "--store", office.store_url()])
            .args(vn2000)
            .args(more)
            .env("DIACHINH_APP__TILE_FOLDER", "tiles")
            .output();
        run.expect("the program starts")
    };
    // Both villages lie within one tile of matrix 2, and so do all zooms up to 14.
    let run = seed(&[]);
    assert!(run.status.success(), "{}", stderr(&run));
    let all = files(folder.path());
    assert!(!all.is_empty());
    let finest = |file: &PathBuf| -> u32 {
        let file = file.strip_prefix(folder.path().join("tiles/city/VN2000TM3Quad"));
        let matrix = file.expect("of that set").iter().next().expect("a matrix");
        matrix.to_string_lossy().parse().expect("a number")
    };
    assert_eq!(all.iter().map(finest).max(), Some(8));
    let run = seed(&["--zooms", "9-15"]);
    assert_eq!(run.status.code(), Some(2), "{}", stdout(&run));
    assert!(
        stderr(&run).contains("expected 0 to 14"),
        "{}",
        stderr(&run)
    );
    let again = seed(&["--zooms", "0-8"]);
    assert!(
        stdout(&again).contains(" 0 files written"),
        "{}",
        stdout(&again)
    );
}

fn seed(folder: &Folder, arguments: &[&str]) -> Output {
    let run = diachinh(folder)
        .args(["tiles", "seed", "--store", "city.gpkg"])
        .args(arguments)
        .output();
    run.expect("the program starts")
}

/// A folder with the register of a small city.
fn with_city() -> Folder {
    let folder = Folder::new();
    let built = diachinh(&folder)
        .args(["demo", "--parcels", "500", "--store", "city.gpkg"])
        .output()
        .expect("the program starts");
    assert!(built.status.success(), "{}", stderr(&built));
    folder
}

#[test]
fn tiles_that_cannot_be_written_are_not_said_to_be() {
    let folder = with_city();
    let full = diachinh(&folder)
        .args(["tiles", "seed", "--store", "city.gpkg", "--zooms", "0-2"])
        .env("DIACHINH_APP__TILE_FOLDER", "/dev/full")
        .output()
        .expect("the program starts");
    assert_eq!(full.status.code(), Some(1), "{}", stdout(&full));
    assert!(
        stderr(&full).contains("cannot write a tile"),
        "{}",
        stderr(&full)
    );
}

#[test]
fn tiles_are_rendered_ahead_by_a_command_for_a_box_and_zooms() {
    let folder = with_city();
    let run = seed(&folder, &["--zooms", "0-9", "--coding", "gzip"]);
    assert!(run.status.success(), "{}", stderr(&run));
    let all = files(&folder.path().join("tile-cache"));
    let said = format!(
        "tile-cache: {0} tiles, {0} files written, revision 1",
        all.len()
    );
    assert_eq!(stdout(&run).trim(), said);
    assert!(
        all.len() > 10
            && all
                .iter()
                .all(|file| file.to_string_lossy().ends_with(".mvt.gz"))
    );
    let again = seed(&folder, &["--zooms", "0-9", "--coding", "gzip"]);
    assert!(
        stdout(&again).contains(" 0 files written"),
        "{}",
        stdout(&again)
    );
    let lot = seed(
        &folder,
        &["--zooms", "16", "--bbox", "106.69,10.77,106.70,10.78"],
    );
    assert!(lot.status.success(), "{}", stderr(&lot));
    let fine = files(&folder.path().join("tile-cache/city/16"));
    assert!(
        fine.len() >= 12 && fine.len().is_multiple_of(3),
        "three codings: {}",
        fine.len()
    );

    for (arguments, expected) in [
        (["--zooms", "9-3"], "first and last zoom"),
        (["--zooms", "21"], "first and last zoom"),
        (["--bbox", "10.7,106.6,10.8"], "west,south,east,north"),
        (["--bbox", "106.7,10.7,106.6,10.8"], "west,south,east,north"),
        (["--set", "rivers"], "expected one of city"),
        (["--coding", "lzma"], "gzip, br, zstd"),
        (
            ["--tile-matrix-set", "Quad"],
            "WebMercatorQuad, VN2000TM3Quad",
        ),
    ] {
        let refused = seed(&folder, &arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&refused).contains(expected), "{}", stderr(&refused));
    }
}
