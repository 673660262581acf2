//! Tiles through the decoder of others: mapbox-vector-tile, with shapely as the judge of shapes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use diachinh::crs::LonLat;
use diachinh::crs::world::mercator;
use serde_json::Value;

use crate::harness::{Folder, stderr, stdout};

/// What mapbox-vector-tile reads in tiles, in their order: layers by name.
pub fn decoded(tiles: &[impl AsRef<[u8]>]) -> Vec<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".tools/python/bin/python");
    assert!(
        python.exists(),
        "the decoders are installed: run `make test`, or scripts/python.sh once"
    );
    let folder = Folder::new();
    let mut paths = String::new();
    for (i, tile) in tiles.iter().enumerate() {
        let path = folder.path().join(format!("{i}.mvt"));
        std::fs::write(&path, tile).expect("the temporary folder takes files");
        writeln!(paths, "{}", path.display()).expect("a String takes text");
    }
    let mut run = Command::new(python)
        .arg(root.join("tests/suite/tiles/decode.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python runs");
    let mut input = run.stdin.take().expect("piped");
    let writing = std::thread::spawn(move || input.write_all(paths.as_bytes()));
    let output = run.wait_with_output().expect("Python ends");
    writing
        .join()
        .expect("it only writes")
        .expect("Python reads all paths");
    assert!(output.status.success(), "{}", stderr(&output));
    let lines = stdout(&output);
    let lines = lines.lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect();
    assert_eq!(lines.len(), tiles.len());
    lines
}

/// The features of a layer in a decoded tile.
pub fn features<'a>(tile: &'a Value, layer: &str) -> &'a [Value] {
    tile[layer]["features"]
        .as_array()
        .map_or(&[], Vec::as_slice)
}

/// Column and row of the tile at a position.
pub fn tile_at(lon: f64, lat: f64, zoom: u32) -> (u64, u64) {
    let (x, y) = mercator(LonLat { lon, lat });
    ((x as u64) >> (32 - zoom), (y as u64) >> (32 - zoom))
}
