//! Whole collections as files: made when asked for, with ranges, once for each state.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::harness::{Answer, Folder, Office, stderr, stdout};

const FILE: &str = "/collections/parcels/downloads/parcels.fgb";

/// Asks until the file is made.
pub fn made(office: &Office, path: &str) -> Answer {
    let started = Instant::now();
    loop {
        let answer = office.get(path);
        if answer.status != 202 || started.elapsed() > Duration::from_secs(30) {
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            return answer;
        }
        assert_eq!(answer.header("retry-after"), "2");
        let of = answer.at("/of").as_u64().expect("a total");
        let told = match answer.at("/state").as_str() {
            Some("making") => answer.at("/written").as_u64().is_some_and(|n| n <= of),
            Some("waiting") => answer.at("/ahead").as_u64().is_some(),
            _ => false,
        };
        assert!(told, "{}", answer.text());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What GDAL counts in a file.
fn counted(answer: &Answer, name: &str, layer: &str) -> usize {
    let folder = Folder::new();
    let file = folder.path().join(name);
    std::fs::write(&file, &answer.body).expect("the folder takes files");
    let run = std::process::Command::new("ogrinfo")
        .args(["-ro", "-so"])
        .arg(&file)
        .arg(layer)
        .output()
        .expect("ogrinfo runs");
    let said = stdout(&run);
    let count = said.lines().find_map(|l| l.strip_prefix("Feature Count: "));
    let count = count.unwrap_or_else(|| unreachable!("{name}: {said}{}", stderr(&run)));
    count.parse().expect("a number")
}

#[test]
fn every_collection_is_had_as_a_whole_in_every_format_with_as_many_features_as_its_items() {
    let office = Office::open().with_land("two_villages").start();
    for collection in ["parcels", "wards", "zones", "roads", "restrictions"] {
        let items = office.get(&format!("/collections/{collection}/items?limit=1000"));
        let items = items.at("/features").as_array().map_or(0, Vec::len);
        let list = format!("/collections/{collection}/downloads");
        let offered = office.get(&list);
        let offered = offered
            .at("/downloads")
            .as_array()
            .cloned()
            .expect("a list");
        assert!(offered.iter().all(|one| one["state"] == "notMade"));
        let mut counts = std::collections::BTreeMap::new();
        let mut awaited = std::collections::BTreeMap::new();
        for one in &offered {
            let href = one["href"].as_str().expect("an address");
            let path = href.strip_prefix(office.url()).expect("of this server");
            let (_, ending) = path.rsplit_once('.').expect("an ending");
            let begun = office.get(path);
            assert_eq!(begun.status, 202, "{}", begun.text());
            let total = begun.at("/of").as_u64().map(|total| total as usize);
            *awaited.entry(ending.to_owned()).or_insert(0) += total.expect("a total");
            let answer = made(&office, path);
            assert_eq!(answer.header("content-type"), one["type"], "{path}");
            let name = path.rsplit('/').next().expect("a name");
            let (content, format) = name.split_once('.').expect("an ending");
            let kept = format!("attachment; filename=\"{content}-r1-2026-11-23.{format}\"");
            assert_eq!(answer.header("content-disposition"), kept);
            if format == "parquet" {
                // Debian's GDAL does not read it; `clients/pyarrow.rs` does.
                assert_eq!(answer.body.last_chunk(), Some(b"PAR1"));
                continue;
            }
            *counts.entry(format.to_owned()).or_insert(0) += counted(&answer, name, content);
        }
        assert_eq!((counts.len(), awaited.len()), (4, 5), "{collection}");
        for (format, total) in awaited {
            assert_eq!(total, items, "{collection} {format}");
        }
        for (format, count) in counts {
            assert_eq!(count, items, "{collection} {format}");
        }
        let ready = office.get(&list);
        let ready = ready.at("/downloads").as_array().cloned().expect("a list");
        assert!(
            ready
                .iter()
                .all(|one| one["state"] == "ready" && one["bytes"].as_u64() > Some(9))
        );
    }
}

#[test]
fn a_file_comes_in_parts_under_one_tag_and_is_not_sent_again() {
    let office = Office::open().with_land("two_villages").start();
    let whole = made(&office, FILE);
    let tag = whole.header("etag").to_owned();
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.header("cache-control"), "no-cache");
    let part = office.ask(
        "GET",
        FILE,
        &[("range", "bytes=8-99"), ("accept-encoding", "gzip")],
    );
    assert_eq!(
        (part.status, part.body.as_slice()),
        (206, &whole.body[8..100])
    );
    assert_eq!(part.header("etag"), tag);
    let end = whole.body.len();
    assert_eq!(part.header("content-range"), format!("bytes 8-99/{end}"));
    let other = [
        ("range", "bytes=8-99"),
        ("if-range", "\"of-another-state\""),
    ];
    let anew = office.ask("GET", FILE, &other);
    assert_eq!((anew.status, &anew.body), (200, &whole.body));
    let last = office.ask("GET", FILE, &[("range", "bytes=-5")]);
    assert_eq!(
        (last.status, last.body.as_slice()),
        (206, &whole.body[end - 5..])
    );
    let beyond = office.ask("GET", FILE, &[("range", &format!("bytes={end}-"))]);
    assert_eq!(
        (beyond.status, beyond.at("/code")),
        (416, "range_not_satisfiable".into())
    );
    assert_eq!(beyond.header("content-range"), format!("bytes */{end}"));
    // What is no range is passed over (RFC 9110, 14.2).
    for none in ["bytes=5-2", "lines=0-5", "bytes=x"] {
        let sent = office.ask("GET", FILE, &[("range", none)]);
        assert_eq!((sent.status, sent.body.len()), (200, end), "{none}");
    }
    let other = office.ask("GET", FILE, &[("if-match", "\"of-another-state\"")]);
    assert_eq!(
        (other.status, other.at("/code")),
        (412, "precondition_failed".into())
    );
    let people = format!("{FILE}?f=html");
    for header in [("if-match", "\"x\""), ("range", "bytes=999999999-")] {
        let told = office.ask("GET", &people, &[header]);
        assert_eq!(told.header("content-type"), "text/html; charset=utf-8");
    }
    assert_eq!(
        office.ask("GET", FILE, &[("if-none-match", &tag)]).status,
        304
    );
    let head = office.ask("HEAD", FILE, &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn people_see_how_far_a_file_is_on_a_page_that_shows_itself_anew() {
    let office = Office::open().with_land("two_villages").start();
    let browser = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let page = |path: &str| {
        let answer = office.ask("GET", path, &[browser]);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert!(answer.header("vary").contains("accept"), "{path}");
        answer
    };
    let list = page("/collections/parcels/downloads");
    assert!(list.text().contains("Được làm khi có người tải"));
    assert!(list.header("refresh").is_empty());
    let (file, tiles) = (
        "parcels/downloads/parcels.gpkg",
        "city/downloads/city.pmtiles",
    );
    for (path, told, english) in [
        (
            format!("/collections/{file}"),
            "Đang làm: 0 trên 7 đối tượng (0 %)",
            "of 7 features (",
        ),
        (format!("/tiles/{tiles}"), "Đang làm: 0 trên ", " tiles ("),
    ] {
        let begun = page(&path);
        assert_eq!((begun.status, begun.header("refresh")), (202, "2"));
        assert!(begun.text().contains(told), "{}", begun.text());
        assert!(begun.text().contains("<progress max=\"100\" value=\"0\""));
        assert!(!begun.text().contains("<script"));
        let later = office.ask("GET", &format!("{path}?lang=en"), &[browser]);
        if later.status == 202 {
            assert!(later.text().contains(english), "{}", later.text());
        }
        let (folder, _) = path.rsplit_once('/').expect("a folder");
        // While any file is made the list shows itself anew, and then no more.
        let told = office.get_until(&format!("{folder}?f=html&lang=en"), |answer| {
            let made = answer.text().contains("Being made: ");
            assert_eq!(!answer.header("refresh").is_empty(), made);
            assert_eq!(answer.text().contains("<progress "), made);
            !made
        });
        assert!(told.text().contains("Ready, "), "{}", told.text());
        let whole = office.ask("GET", &path, &[browser]);
        assert_eq!(whole.status, 200, "the file itself");
    }
    assert_eq!(office.get("/tiles/city/downloads?f=xml").status, 400);
}

#[test]
fn a_file_has_the_features_of_its_collection_each_with_the_key_of_the_item() {
    let office = super::planned::office();
    let keys = |items: &serde_json::Value| {
        let features = items["features"].as_array().expect("features").iter();
        let keys: BTreeSet<String> = features.map(|one| one["id"].to_string()).collect();
        keys
    };
    for (collection, at_least) in [("parcels", 7), ("restrictions", 2)] {
        let items = office.get(&format!("/collections/{collection}/items?limit=1000"));
        let expected = keys(&items.json());
        assert!(expected.len() >= at_least, "{expected:?}");
        let file = format!("/collections/{collection}/downloads/{collection}");
        let csv = made(&office, &format!("{file}.csv"));
        let folder = Folder::new();
        for extension in ["csv", "gpkg", "fgb"] {
            let answer = made(&office, &format!("{file}.{extension}"));
            let path = folder.path().join(format!("{collection}.{extension}"));
            std::fs::write(&path, &answer.body).expect("the folder takes files");
            let run = std::process::Command::new("ogrinfo")
                .args(["-ro", "-al", "-geom=NO"])
                .arg(&path)
                .output()
                .expect("ogrinfo runs");
            let said = stdout(&run);
            let ids = said.lines().filter_map(|line| {
                let (head, id) = line.trim().split_once(") = ")?;
                head.starts_with("id (").then(|| id.to_owned())
            });
            let ids: BTreeSet<String> = ids.collect();
            assert_eq!(ids, expected, "{extension}: {said}");
        }
        if collection == "restrictions" {
            let head = "WKT,id,key,layer,kind,width,voltage,legend,legendEn,provisions,validFrom,";
            assert!(csv.text().starts_with(head), "{}", csv.text());
            assert!(
                csv.text().contains(",corridor_canal,,,Kênh Bến Nghé,"),
                "{}",
                csv.text()
            );
            let water = ",water_surface,,,Mặt nước,Water,";
            assert!(csv.text().contains(water), "{}", csv.text());
        }
    }
}

#[test]
fn what_is_not_offered_is_told_and_what_cannot_be_made_too() {
    let office = Office::open().with_land("two_villages").start();
    let unknown = office.get("/collections/parcels/downloads/parcels.shp");
    assert_eq!(unknown.status, 404);
    assert!(
        unknown.text().contains("parcels.gpkg, parcels.fgb"),
        "{}",
        unknown.text()
    );
    assert_eq!(office.get("/collections/rivers/downloads").status, 404);
    assert_eq!(office.get(&format!("{FILE}?limit=1")).status, 400);
    let none = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.download_folder = std::path::PathBuf::new())
        .start();
    assert_eq!(none.get("/collections/parcels/downloads").status, 404);
    for (office, links) in [(&office, true), (&none, false)] {
        for form in ["json", "html"] {
            let collection = office.get(&format!("/collections/parcels?f={form}"));
            assert_eq!(collection.text().contains("/downloads"), links, "{form}");
        }
    }
    let full = Office::open()
        .with_land("two_villages")
        .with(|config| config.app.download_folder = "/dev/full".into())
        .start();
    let failed = full.get_until(FILE, |answer| answer.status != 202);
    assert_eq!((failed.status, failed.header("retry-after")), (503, "30"));
    assert_eq!(full.get("/v1/parcels/1").status, 200);
}
