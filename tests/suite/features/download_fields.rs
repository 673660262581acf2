//! What files of whole collections say: their fields, kinds and shapes.

use super::downloads::made;
use crate::harness::{Folder, stdout};

/// The value at a path such as `asMap.sheet`.
fn at<'v>(value: &'v serde_json::Value, path: &str) -> &'v serde_json::Value {
    path.split('.').fold(value, |value, name| &value[name])
}

/// All that the schema lists is in the files, but for names in the language of an answer.
fn assert_all_listed(collection: &str, schema: &serde_json::Value, names: &[&str]) {
    let listed = schema.as_object().expect("properties").iter();
    for (name, of) in listed.filter(|(name, _)| *name != "id" && *name != "geometry") {
        let inside = of["properties"].as_object().into_iter().flatten();
        let inside: Vec<String> = inside.map(|(of, _)| format!("{name}.{of}")).collect();
        let all = if inside.is_empty() {
            vec![name.clone()]
        } else {
            inside
        };
        for name in all
            .iter()
            .filter(|n| *n != "label" && !n.ends_with(".commune"))
        {
            assert!(names.contains(&name.as_str()), "{collection} lacks {name}");
        }
    }
}

#[test]
fn fields_of_files_have_the_names_and_values_of_the_items_and_the_schema_is_linked() {
    let office = super::planned::office();
    for collection in ["parcels", "wards", "zones", "roads", "restrictions"] {
        let folder = format!("/collections/{collection}/downloads");
        let link = office.get(&folder).at("/links/0");
        assert_eq!(link["rel"], "describedby");
        let href = link["href"].as_str().expect("an address");
        let schema = office.get(href.strip_prefix(office.url()).expect("of this server"));
        let schema = schema.at("/properties");
        let csv = made(&office, &format!("{folder}/{collection}.csv"));
        let head = csv.text();
        let head = head.lines().next().expect("names").to_owned();
        let names: Vec<&str> = head.split(',').skip(2).collect();
        for name in &names {
            let own = ["key", "legendEn", "layerTitleEn"].contains(name);
            let path = name.replace('.', ".properties.");
            assert_eq!(at(&schema, &path).is_null(), own, "{collection} {name}");
        }
        assert_all_listed(collection, &schema, &names);
        let items = office.get(&format!("/collections/{collection}/items?limit=1000"));
        let file = made(&office, &format!("{folder}/{collection}.geojson"));
        let (items, file) = (items.at("/features"), file.at("/features"));
        let item = |id: &serde_json::Value| {
            // A part of a feature on one of two planes has the key with its plane.
            let part = id
                .as_str()
                .and_then(|text| text.split('/').next()?.parse().ok());
            let id = id.as_i64().or(part);
            let mut items = items.as_array().into_iter().flatten();
            items
                .find(|item| item["id"].as_i64() == id)
                .expect("an item")
                .clone()
        };
        let file = file.as_array().expect("features");
        assert!(!file.is_empty(), "{collection}");
        for feature in file {
            let item = item(&feature["id"]);
            for name in &names {
                // What items have as a list, and what only files have.
                let own = ["landUse", "provisions", "key", "legendEn", "layerTitleEn"];
                let own = own.contains(name);
                if own || (name.starts_with("plane.") && feature["id"].is_string()) {
                    continue;
                }
                let (one, other) = (
                    at(&feature["properties"], name),
                    at(&item["properties"], name),
                );
                let same = match (one.as_f64(), other.as_f64()) {
                    (Some(one), Some(other)) => (one - other).abs() < 0.01,
                    _ => one == other,
                };
                assert!(same, "{collection} {name}: {one}, {other}");
            }
        }
    }
}

#[test]
fn every_file_is_in_degrees_and_says_what_its_fields_and_shapes_are() {
    let office = super::planned::office();
    let folder = Folder::new();
    for collection in ["parcels", "wards", "zones", "roads", "restrictions"] {
        let path = format!("/collections/{collection}/downloads/{collection}");
        let csv = made(&office, &format!("{path}.csv"));
        let mut lines = csv.text().lines().skip(1);
        let first = lines.next().expect("a feature");
        let position = first.trim_start_matches(|c: char| !c.is_ascii_digit());
        let mut position = position.split([' ', ',', '(', ')']);
        let mut number = || position.next().and_then(|n| n.parse::<f64>().ok());
        let (lon, lat) = (
            number().expect("a longitude"),
            number().expect("a latitude"),
        );
        assert!((105.0..109.0).contains(&lon), "{collection}: {first}");
        assert!((8.0..13.0).contains(&lat), "{collection}: {first}");
        for extension in ["gpkg", "fgb"] {
            let answer = made(&office, &format!("{path}.{extension}"));
            let file = folder.path().join(format!("{collection}.{extension}"));
            std::fs::write(&file, &answer.body).expect("the folder takes files");
            let run = std::process::Command::new("ogrinfo")
                .args(["-ro", "-al"])
                .arg(&file)
                .output()
                .expect("ogrinfo runs");
            let said = stdout(&run);
            // FlatGeobuf has moments only.
            let kind = if extension == "fgb" {
                "DateTime"
            } else {
                "Date"
            };
            for name in ["validFrom", "validTo"] {
                let field = format!("{name}: {kind} ");
                assert!(said.contains(&field), "{collection}.{extension}: {said}");
            }
            let first = format!("validFrom ({kind}) = 20");
            assert!(said.contains(&first), "{collection}.{extension}: {said}");
            let mixed = collection == "restrictions";
            let areas = said.contains("Geometry: Multi Polygon");
            assert_eq!(areas, !mixed, "{collection}.{extension}: {said}");
            if !["parcels", "wards"].contains(&collection) {
                let as_of = format!("asOf ({kind}) = 20");
                assert!(said.contains(&as_of), "{extension}: {said}");
            }
        }
    }
}
