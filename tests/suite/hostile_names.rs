//! Files that are something else than their name says: told with what they are called and are.

use crate::harness::Folder;
use crate::hostile_files::{corpus, problem};

#[test]
fn a_file_that_is_not_what_its_name_says_is_told_what_it_is() {
    let folder = Folder::new();
    let files = corpus(&folder);
    let geopackage = &files[1];
    for (name, found) in [("a.shp", "GeoPackage"), ("a.dgn", "GeoPackage")] {
        let path = folder.path().join(name);
        std::fs::copy(geopackage, &path).expect("the folder takes files");
        assert!(problem(&path).contains(found));
    }
    let mut zip = folder.file("b.gpkg", "PK\u{3}\u{4}");
    assert!(problem(&zip).contains("ZIP"));
    zip = folder.file("b.zip", "PK\u{3}\u{4}");
    assert!(problem(&zip).contains("unpack"));
    let drawing = folder.file("c.dgn", "");
    std::fs::write(&drawing, b"\xd0\xcf\x11\xe0rest").expect("the folder takes files");
    assert!(problem(&drawing).contains("DGN V7"));
    let virtual_file = "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>/etc/passwd\
        </SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    for name in ["d.vrt", "d.gml", "d.csv"] {
        let path = folder.file(name, virtual_file);
        assert!(problem(&path).contains("virtual"), "{name}");
    }
    let nothing = folder.file("f.gpkg", "");
    assert!(problem(&nothing).contains("GeoPackage"));
    assert!(problem(&folder.file("g.txt", "x")).contains(".gpkg"));
}

#[test]
fn a_file_that_begins_as_no_file_of_its_format_does_is_told_both() {
    let folder = Folder::new();
    for (name, bytes, named, found) in [
        ("e.shp", b"just text".as_slice(), "Shapefile", "plain text"),
        ("e.gpkg", b"WKT,so_to\n", "GeoPackage", "plain text"),
        ("e.dxf", b"%PDF-1.7\n", "DXF", "PDF"),
        (
            "e.dxf",
            b"AutoCAD Binary DXF\r\n\x1a\0",
            "DXF",
            "binary DXF",
        ),
        ("e.csv", b"\x89PNG\r\n\x1a\n", "CSV", "picture"),
        ("e.geojson", b"\0\x05\x07\0", "GeoJSON", "binary data"),
        ("e.csv", b"\xff\xfeW\0K\0T\0", "CSV", "UTF-16"),
        ("e.gml", b"<!DOCTYPE html><html>", "GML", "web page"),
        ("e.dgn", b"", "DGN v7", "empty"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("the folder takes files");
        let said = problem(&path);
        let both = format!("is named as {named} but its content is ");
        assert!(said.contains(&both) && said.contains(found), "{said}");
    }
}

#[test]
fn a_file_without_extension_or_companions_is_told_what_is_missing() {
    let folder = Folder::new();
    let files = corpus(&folder);
    let without = folder.path().join("thua");
    std::fs::copy(&files[1], &without).expect("the folder takes files");
    assert!(
        problem(&without).contains("`.gpkg`"),
        "{}",
        problem(&without)
    );
    std::fs::copy(&files[2], folder.path().join("h.shp")).expect("the folder takes files");
    let alone = problem(&folder.path().join("h.shp"));
    assert!(alone.contains("`.shx`"), "{alone}");
}
