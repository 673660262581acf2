//! One libproj and one libsqlite3 answer in the process, wherever and however it is started.

use diachinh::crs::{Epsg, LonLat, Planes, Transforms};
use std::collections::BTreeSet;
use std::process::Command;

/// The distinct files mapped into this process whose name begins so.
fn mapped(prefix: &str) -> BTreeSet<String> {
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux has it");
    let paths = maps
        .lines()
        .filter_map(|line| line.split_whitespace().nth(5));
    let named = |path: &&str| {
        path.rsplit('/')
            .next()
            .is_some_and(|n| n.starts_with(prefix))
    };
    paths.filter(named).map(str::to_owned).collect()
}

#[test]
fn one_libproj_and_one_libsqlite3_answer_in_the_process() {
    let planes = Planes::load(include_str!("../../data/planes.toml")).expect("the city's file");
    let transforms = Transforms::new(&planes).expect("PROJ and its database are installed");
    let plane = planes.get(Epsg(9210)).expect("listed");
    let (lon, lat) = (106.698, 10.7721);
    let point = transforms
        .to_plane(plane, LonLat { lon, lat })
        .expect("in the city");
    let (east_m, north_m) = plane.metres(point);
    assert!((east_m - 603_481.725).abs() < 0.0015 && (north_m - 1_191_410.365).abs() < 0.0015);
    assert_eq!(mapped("libproj.so").len(), 1, "{:?}", mapped("libproj"));
    assert_eq!(
        mapped("libsqlite3.so").len(),
        1,
        "{:?}",
        mapped("libsqlite3")
    );
}

#[test]
fn the_same_libraries_answer_from_another_directory_with_an_empty_environment() {
    let itself = std::env::current_exe().expect("a test binary has a path");
    let elsewhere = std::env::temp_dir();
    let output = Command::new(itself)
        .args([
            "--exact",
            "one_library::one_libproj_and_one_libsqlite3_answer_in_the_process",
        ])
        .env_clear()
        .current_dir(elsewhere)
        .output()
        .expect("the test binary starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
