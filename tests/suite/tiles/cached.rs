//! Tiles that are sent again without being rendered, in each content coding.

use std::io::Read;

use super::decoded::tile_at;
use crate::follow::renumbered;
use crate::harness::{Answer, Office};

/// The tile of zoom 16 that shows a parcel.
pub fn path(office: &Office, parcel: i64) -> String {
    let corner = office.get(&format!("/v1/parcels/{parcel}"));
    let corner = corner.at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees");
    let (x, y) = tile_at(degrees(0), degrees(1), 16);
    format!("/tiles/city/16/{x}/{y}")
}

/// A figure about tiles in the metrics.
pub fn figure(office: &Office, what: &str) -> u64 {
    let metrics = office.get("/metrics");
    let head = format!("diachinh_tiles{{what=\"{what}\"}} ");
    let line = metrics.text().lines().find_map(|l| l.strip_prefix(&head));
    let number = line.expect("a figure").parse();
    number.expect("a number")
}

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    let coded = answer.body.as_slice();
    match answer.header("content-encoding") {
        "" => bytes.extend_from_slice(coded),
        "gzip" => {
            let mut reader = flate2::read::GzDecoder::new(coded);
            reader.read_to_end(&mut bytes).expect("gzip");
        }
        "br" => {
            let mut reader = brotli::Decompressor::new(coded, 4096);
            reader.read_to_end(&mut bytes).expect("brotli");
        }
        "zstd" => bytes = zstd::stream::decode_all(coded).expect("zstd"),
        other => unreachable!("no such coding was asked for: {other}"),
    }
    bytes
}

#[test]
fn a_tile_comes_in_the_coding_the_client_likes_best_under_one_tag() {
    let office = Office::open().with_land("two_villages").start();
    let path = path(&office, 1);
    let plain = office.ask("GET", &path, &[("accept-encoding", "identity")]);
    assert_eq!((plain.status, plain.header("content-encoding")), (200, ""));
    for (accepted, coding) in [
        ("gzip", "gzip"),
        ("br", "br"),
        ("zstd", "zstd"),
        ("gzip;q=0.5, br;q=0.8", "br"),
        ("deflate, gzip", "gzip"),
        ("gzip;q=0", ""),
    ] {
        for turn in ["rendered", "kept"] {
            let answer = office.ask("GET", &path, &[("accept-encoding", accepted)]);
            assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
            assert!(decoded(&answer) == plain.body, "{accepted} {turn}");
            assert_eq!(answer.header("etag"), plain.header("etag"));
            assert_eq!(answer.header("vary"), "accept-encoding");
            assert_eq!(answer.header("cache-control"), "no-cache");
        }
    }
}

#[test]
fn a_tile_is_rendered_once_for_all_who_ask_until_an_edit_meets_it() {
    let office = Office::open().with_land("two_villages").start();
    let (here, there) = (path(&office, 2), path(&office, 11));
    assert_eq!(figure(&office, "rendered"), 0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(office.get(&here).status, 200));
        }
    });
    assert_eq!(figure(&office, "rendered"), 1);
    let first = office.get(&here);
    office.get(&there);
    assert_eq!(figure(&office, "rendered"), 2);
    assert_eq!(figure(&office, "kept"), 2);
    assert!(figure(&office, "kept_bytes") > 1000);

    let before = office.get("/tiles/city.json").at("/revision");
    office.get_until(&format!("/v1/changes?since={before}"), |a| a.status == 200);
    office.commit(&renumbered(&office, "97"));
    office.get_until(&format!("/v1/changes?since={before}"), |answer| {
        answer.at("/revision") != before
    });
    assert_ne!(office.get(&here).body, first.body);
    assert_eq!(figure(&office, "rendered"), 3);
    office.get(&there);
    assert_eq!(figure(&office, "rendered"), 3, "no edit met that one");
}

#[test]
fn a_cache_without_room_answers_the_same() {
    let office = Office::open().with_land("two_villages");
    let office = office
        .with(|config| config.app.tile_cache_bytes = 0)
        .start();
    let path = path(&office, 1);
    let (first, second) = (office.get(&path), office.get(&path));
    assert_eq!((first.status, &first.body), (200, &second.body));
    assert_eq!(figure(&office, "kept"), 0);
    assert_eq!(figure(&office, "rendered"), 2);
}
