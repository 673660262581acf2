//! The page for people in headless Chromium, on a phone and on a desk: its panel and its map.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use diachinh::http::page_options::BaseMapKind;

use super::demo::Demo;
use crate::caches::Front;
use crate::fixture;
use crate::follow::renumbered;
use crate::harness::{Folder, Office, commit, planes, stderr, stdout};

/// The checkout, in which the page is built.
fn built() -> &'static Path {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        root.join("web/dist/index.html").exists() && root.join("web/node_modules").exists(),
        "the page is built: run `make test`, or scripts/web.sh once"
    );
    root
}

/// One browser at a time: each draws with the whole processor, and two would only wait for another.
static BROWSER: Mutex<()> = Mutex::new(());

/// The right to run a browser, also after a test that failed with it.
fn alone() -> MutexGuard<'static, ()> {
    BROWSER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a script, which opens the page at a width and takes so many steps through it.
fn browse(script: &str, width: u32, steps: usize) {
    browse_at(
        &Office::open().with_land("two_villages").start(),
        script,
        width,
        steps,
    );
}

fn browse_at(office: &Office, script: &str, width: u32, steps: usize) {
    browse_by(office.url(), office, script, width, steps);
}

/// The same by an address of the office that is not its own.
fn browse_by(url: &str, office: &Office, script: &str, width: u32, steps: usize) {
    let (root, _alone) = (built(), alone());
    let folder = Folder::new();
    let tube_house = office.get("/v1/parcels/lookup?q=thua%2012%20to%205%20ben%20thanh");
    let corner = |i| tube_house.at(&format!("/features/0/geometry/coordinates/0/{i}"));
    let asked = serde_json::json!({
        "url": url,
        "width": width,
        "folder": folder.path(),
        "typed": "pham ngu",
        "q": "thua 13 to 5 ben thanh",
        "lon": corner(0)[0],
        "lat": corner(0)[1],
        "at": [corner(0)[0], corner(0)[1]],
        // South-west, south-east and north-west, 4 m and 20 m apart.
        "corners": [corner(0), corner(1), corner(3)],
        "id": tube_house.at("/features/0/id"),
        "date": "2025-08-01",
        "ward": "Ben Thanh",
        "sheet": "5",
        "number": "12",
    });
    taken_steps(root, script, &asked, steps);
}

/// Runs a script and holds that it took all of its steps.
fn taken_steps(root: &Path, script: &str, asked: &serde_json::Value, steps: usize) {
    let run = Command::new(root.join("scripts/node.sh"))
        .arg("node")
        .arg(root.join("tests/suite/clients").join(script))
        .arg(asked.to_string())
        .output()
        .expect("bash runs");
    let (said, complained) = (stdout(&run), stderr(&run));
    assert!(run.status.success(), "{said}\n{complained}");
    let taken = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert_eq!(taken, steps, "every step was taken:\n{said}\n{complained}");
}

#[test]
fn the_page_works_on_a_phone() {
    browse("page.mjs", 390, 26);
}

#[test]
fn the_page_works_on_a_desk() {
    browse("page.mjs", 1440, 26);
}

#[test]
fn the_map_works_on_a_phone() {
    browse("map.mjs", 390, 15);
}

#[test]
fn the_map_works_on_a_desk() {
    browse("map.mjs", 1440, 15);
}

/// A parcel of the demo city on which a house may stand, may not, or is for an officer.
const DEMO_PARCEL: u32 = 1_157;

#[test]
fn a_house_is_drawn_and_judged_on_a_phone_and_on_a_desk() {
    let (root, _alone) = (built(), alone());
    let demo = Demo::of("3000");
    let folder = Folder::new();
    let kept = std::env::var_os("DIACHINH_PICTURES").map(std::path::PathBuf::from);
    let folder = kept.as_deref().unwrap_or_else(|| folder.path());
    let lots = serde_json::json!({ "url": demo.url(), "from": 5, "to": 3000, "by": 37 });
    taken_steps(root, "house_shapes.mjs", &lots, 3);
    for width in [390, 1440] {
        let asked = serde_json::json!({
            "url": demo.url(), "width": width, "folder": folder, "id": DEMO_PARCEL,
        });
        taken_steps(root, "house.mjs", &asked, 15);
    }
}

#[test]
fn the_pages_of_the_collections_work_on_a_phone_and_on_a_desk() {
    for width in [390, 1440] {
        browse("sheets.mjs", width, 2);
    }
}

#[test]
fn openlayers_maplibre_and_a_decoder_read_the_tiles_of_a_server() {
    let office = Office::open().with_land("two_villages").start();
    browse_at(&office, "map_clients.mjs", 1000, 3);
}

#[test]
fn below_a_path_of_a_proxy_the_page_asks_nobody_else() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let base = format!("http://127.0.0.1:{port}/map");
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| config.http.public_base.clone_from(&base))
        .start();
    let _front = Front::nginx_on(&office, port);
    browse_by(&base, &office, "prefix.mjs", 1000, 3);
}

/// Runs a script of one step; does something when it says that it waits.
fn browse_while(script: &str, asked: &serde_json::Value, change: impl Fn()) {
    let _alone = alone();
    let mut run = Command::new(built().join("scripts/node.sh"))
        .arg("node")
        .arg(built().join("tests/suite/clients").join(script))
        .arg(asked.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bash runs");
    let said = BufReader::new(run.stdout.take().expect("a pipe"));
    let mut lines = Vec::new();
    for line in said.lines() {
        let line = line.expect("the script prints UTF-8");
        if line == "waiting" {
            change();
        }
        lines.push(line);
    }
    assert!(run.wait().expect("the script ends").success(), "{lines:?}");
    let taken = lines.iter().filter(|line| line.starts_with("ok "));
    assert_eq!(taken.count(), 1, "{lines:?}");
}

/// Opens the page of a server whose register comes only when the page waits for it.
fn browse_while_opening(width: u32) {
    let office = Office::open().at_once().in_a_missing_folder().start();
    let folder = Folder::new();
    let asked = serde_json::json!({
        "url": office.url(), "width": width, "folder": folder.path(), "id": 1,
    });
    browse_while("opening.mjs", &asked, || {
        let place = Path::new(office.store_url()).parent().expect("a folder");
        std::fs::create_dir(place).expect("a folder can be made");
        commit(
            office.store_options(),
            &fixture::land("two_villages", &planes()),
        );
    });
}

#[test]
fn the_page_of_a_server_that_is_opening_its_register_shows_the_parcel_by_itself() {
    for width in [390, 1440] {
        browse_while_opening(width);
    }
}

#[test]
fn a_city_may_have_a_base_map_of_its_own_choice() {
    let office = Office::open()
        .with_land("two_villages")
        .with(|config| {
            config.page.base_map = BaseMapKind::Raster;
            config.page.base_map_url = "https://base.example/{z}/{x}/{y}.png".to_owned();
            config.page.base_map_attribution = "© Base Example".to_owned();
        })
        .start();
    browse_at(&office, "base_map.mjs", 390, 1);
}

#[test]
fn a_changed_parcel_shows_itself_on_a_map_that_is_open() {
    for width in [390, 1440] {
        let office = Office::open().with_land("two_villages").start();
        let folder = Folder::new();
        let kept = std::env::var_os("DIACHINH_PICTURES").map(std::path::PathBuf::from);
        let corner = office.get("/v1/parcels/2").at("/geometry/coordinates/0/0");
        let asked = serde_json::json!({
            "url": office.url(), "width": width,
            "folder": kept.as_deref().unwrap_or_else(|| folder.path()),
            "id": 2, "at": corner, "before": "13", "after": "77",
        });
        browse_while("changing.mjs", &asked, || {
            office.commit(&renumbered(&office, "77"));
        });
    }
}
