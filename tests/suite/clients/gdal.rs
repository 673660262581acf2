//! GDAL of Debian reads the collections through its driver for OGC API Features, and the tiles of a
//! zoom through that for Mapbox Vector Tile.

use std::process::Command;

use crate::harness::{Office, stderr, stdout};

/// What `ogrinfo` says of a server.
fn ogrinfo(office: &Office, arguments: &[&str]) -> String {
    let run = Command::new("ogrinfo")
        .args(["-ro", &format!("OAPIF:{}", office.url())])
        .args(arguments)
        .output()
        .expect("gdal-bin is installed");
    let said = stdout(&run);
    assert!(run.status.success(), "{said}\n{}", stderr(&run));
    assert!(!stderr(&run).contains("ERROR"), "{}", stderr(&run));
    said
}

fn fids(said: &str) -> Vec<&str> {
    let lines = said
        .lines()
        .filter_map(|line| line.strip_prefix("OGRFeature(parcels):"));
    lines.collect()
}

#[test]
fn ogrinfo_lists_the_collections() {
    let office = Office::open().with_land("two_villages").start();
    let said = ogrinfo(&office, &[]);
    for name in ["parcels", "wards", "zones", "roads", "restrictions"] {
        assert!(said.contains(name), "{name}: {said}");
    }
}

#[test]
fn ogrinfo_reads_every_collection() {
    let office = Office::open().with_land("two_villages").start();
    for (name, features) in [
        ("parcels", 7),
        ("wards", 2),
        ("zones", 0),
        ("roads", 1),
        ("restrictions", 1),
    ] {
        let said = ogrinfo(&office, &[name]);
        let read = said.matches(&format!("OGRFeature({name}):")).count();
        assert_eq!(read, features, "{said}");
    }
    let wards = ogrinfo(&office, &["wards"]);
    assert!(
        wards.contains("fullName (String) = Phường Bến Thành"),
        "{wards}"
    );
}

#[test]
fn ogrinfo_reads_every_parcel_whatever_the_size_of_its_pages() {
    let office = Office::open().with_land("two_villages").start();
    for size in ["1", "3", "1000"] {
        let said = ogrinfo(&office, &["-oo", &format!("PAGE_SIZE={size}"), "parcels"]);
        assert_eq!(fids(&said), ["1", "2", "4", "5", "6", "7", "11"], "{said}");
        assert!(said.contains("registeredArea (Real) = 208"), "{said}");
        assert!(
            said.contains("MULTIPOLYGON") || said.contains("POLYGON (("),
            "{said}"
        );
    }
}

#[test]
fn ogrinfo_reads_what_meets_a_box() {
    let office = Office::open().with_land("two_villages").start();
    let said = ogrinfo(&office, &["-spat", "107", "10", "108", "11", "parcels"]);
    assert_eq!(fids(&said), ["11"], "{said}");
}

#[test]
fn ogrinfo_reads_the_parcels_of_a_zoom_within_a_box_from_tiles() {
    let office = Office::open().with_land("two_villages").start();
    let corner = office.get("/v1/parcels/1").at("/geometry/coordinates/0/0");
    let degrees = |i: usize| corner[i].as_f64().expect("degrees").to_radians();
    let radius = 6_378_137.0;
    let x = radius * degrees(0);
    let y = radius * (std::f64::consts::FRAC_PI_4 + degrees(1) / 2.0).tan().ln();
    let metres = [x - 5.0, y - 5.0, x + 5.0, y + 5.0].map(|v| v.to_string());
    let run = Command::new("ogrinfo")
        .args(["-ro", &format!("MVT:{}/tiles/parcels/16", office.url())])
        .args(["parcels", "-spat"])
        .args(metres)
        .args([
            "-oo",
            &format!("METADATA_FILE={}/tiles/parcels.json", office.url()),
        ])
        .output()
        .expect("gdal-bin is installed");
    let said = stdout(&run);
    assert!(run.status.success(), "{said}\n{}", stderr(&run));
    assert!(said.contains("mvt_id (Integer64) = 1\n"), "{said}");
    assert!(said.contains("number (String) = 12\n"), "{said}");
    assert!(said.contains("ID[\"EPSG\",3857]"), "{said}");
}
