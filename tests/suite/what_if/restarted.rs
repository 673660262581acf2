//! What rules ask of every parcel lies in a file, from which a restart takes it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use super::served::{about_rule, office_with};
use super::{APPENDIX_18, rule_text};
use crate::harness::{Folder, Office};
use serde_json::Value;

#[test]
fn a_restart_takes_the_facts_of_parcels_from_their_file_and_a_damaged_one_is_made_anew() {
    let (folder, snapshots) = (Folder::new(), Folder::new());
    let place = snapshots.path().to_owned();
    let office = office_with(&folder, "300", |config| config.app.snapshot_dir = place);
    let file = snapshots.path().join("land.sites");
    let (first, written) = (changed(&office), wait(&file, None));
    drop(office);
    let office = restarted(&folder, &snapshots);
    // It is looked after every two seconds, so by then it has been read.
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(changed(&office), first);
    assert_eq!(age(&file), Some(written), "it fits, so it stays");
    drop(office);
    let mut bytes = fs::read(&file).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, &bytes).expect("the folder takes files");
    let damaged = age(&file);
    let office = restarted(&folder, &snapshots);
    wait(&file, damaged);
    assert_eq!(changed(&office), first);
    bytes[middle] ^= 1;
    assert_eq!(
        fs::read(&file).expect("the file"),
        bytes,
        "as it was made first"
    );
}

fn restarted(folder: &Folder, snapshots: &Folder) -> Office {
    let url = folder.path().join("city.gpkg").display().to_string();
    let place = snapshots.path().to_owned();
    let plan = Office::open().with(|config| config.store.url = url);
    plan.with(|config| config.app.snapshot_dir = place).start()
}

/// The lines of the answer to another coverage, but for progress.
fn changed(office: &Office) -> Vec<Value> {
    let text = rule_text(APPENDIX_18, "coverage").replace("[100, 90]", "[100, 85]");
    let answer = office.post("/v1/what-if", &about_rule("coverage", &text).to_string());
    let lines = answer.text().lines();
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let lines: Vec<Value> = lines.filter(|line| line["type"] != "progress").collect();
    assert!(lines.len() > 10, "{}", lines.len());
    lines
}

/// Waits until there is a file, of another age than before.
fn wait(file: &Path, before: Option<SystemTime>) -> SystemTime {
    let begun = Instant::now();
    loop {
        match age(file) {
            Some(age) if Some(age) != before => return age,
            _ => assert!(begun.elapsed().as_secs() < 60, "the file is written"),
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn age(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
