//! OGC 21-065r2, Annex A: places and days, each evaluated as CQL2 text and as CQL2 JSON.

use super::cql2::{as_text, evaluate, find, queryables};
use super::{COLLECTIONS, ids, office, ok};

/// /conf/basic-spatial-functions/s_intersects
#[test]
fn every_geometry_is_compared_with_points_and_boxes() {
    let office = office();
    for name in COLLECTIONS {
        let all = ids(&ok(&office, &format!("/collections/{name}/items")));
        let world = evaluate(
            &office,
            name,
            "S_INTERSECTS(geometry,BBOX(-180,-90,180,90))",
        );
        assert_eq!(world, all, "{name}");
        evaluate(&office, name, "S_INTERSECTS(geometry,POINT(7.02 49.92))");
        let beyond = as_text(&office, name, "S_INTERSECTS(geometry,POINT(90 180))");
        assert_eq!(beyond.status, 400);
        let halves = "S_INTERSECTS(geometry,BBOX(-180,-90,-90,90)) AND S_INTERSECTS(geometry,BBOX(90,-90,180,90))";
        assert!(evaluate(&office, name, halves).is_empty());
    }
}

/// /conf/basic-spatial-functions/test-data
/// /conf/basic-spatial-functions/logical
#[test]
fn boxes_and_points_find_what_meets_them_alone_and_joined() {
    let office = office();
    find(
        &office,
        &[
            (
                "parcels",
                "S_INTERSECTS(geometry,BBOX(107,10,108,11))",
                &[11],
            ),
            (
                "parcels",
                "S_INTERSECTS(geometry,BBOX(107,10,-108,11))",
                &[11],
            ),
            (
                "zones",
                "S_INTERSECTS(geometry,BBOX(107,10,108,11))",
                &[2002],
            ),
            (
                "zones",
                "S_INTERSECTS(geometry,BBOX(106,10,107,11)) and S_INTERSECTS(geometry,BBOX(107,10,108,11))",
                &[2002],
            ),
            (
                "zones",
                "S_INTERSECTS(geometry,BBOX(106,10,107,11)) and not S_INTERSECTS(geometry,BBOX(107,10,108,11))",
                &[2001],
            ),
            (
                "wards",
                "S_INTERSECTS(geometry,BBOX(106,10,107,11)) or S_INTERSECTS(geometry,BBOX(107,10,108,11))",
                &[26686, 26743],
            ),
        ],
    );
}

/// /conf/basic-spatial-functions-plus/s_intersects
#[test]
fn every_geometry_is_compared_with_literals_of_every_kind() {
    let office = office();
    for name in COLLECTIONS {
        let beyond = as_text(
            &office,
            name,
            "S_INTERSECTS(geometry,MULTIPOINT(7.02 49.92, 90 180))",
        );
        assert_eq!(beyond.status, 400);
        for literal in [
            "LINESTRING(-180 -45, 0 -45)",
            "MULTILINESTRING((-180 -45, 0 -45), (0 45, 180 45))",
            "POLYGON((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, -120 -40, -120 -50))",
            "MULTIPOLYGON(((-180 -90, -90 -90, -90 90, -180 90, -180 -90), (-120 -50, -100 -50, -100 -40, -120 -40, -120 -50)),((0 0, 10 0, 10 10, 0 10, 0 0)))",
            "GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((0 0, 10 0, 10 10, 0 10, 0 0)))",
        ] {
            let found = evaluate(&office, name, &format!("S_INTERSECTS(geometry,{literal})"));
            assert!(found.is_empty(), "{name} {literal}");
        }
    }
}

/// /conf/basic-spatial-functions-plus/test-data
#[test]
fn literals_of_every_kind_find_what_meets_them() {
    let office = office();
    let collection =
        "GEOMETRYCOLLECTION(POINT(7.02 49.92), POLYGON((107 10, 108 10, 108 11, 107 11, 107 10)))";
    find(
        &office,
        &[
            (
                "wards",
                "S_INTERSECTS(geometry,LINESTRING(106 10.7684, 107 10.7684))",
                &[26743],
            ),
            (
                "wards",
                "S_INTERSECTS(geometry,MULTILINESTRING((106 10.7684, 107 10.7684), (0 0, 1 1)))",
                &[26743],
            ),
            (
                "parcels",
                "S_INTERSECTS(geometry,POLYGON((106 10, 108 10, 108 11, 106 11, 106 10), (106.5 10.5, 106.8 10.5, 106.8 10.9, 106.5 10.9, 106.5 10.5)))",
                &[11],
            ),
            (
                "parcels",
                &format!("S_INTERSECTS(geometry,{collection})"),
                &[11],
            ),
            (
                "parcels",
                &format!("S_DISJOINT(geometry,{collection}) AND id < 3"),
                &[1, 2],
            ),
        ],
    );
}

/// /conf/temporal-functions/temporal-functions-1
/// /conf/temporal-functions/temporal-functions-2
#[test]
fn every_day_is_compared_with_days_and_intervals() {
    let office = office();
    const OF_DAYS: [&str; 5] = [
        "T_AFTER",
        "T_BEFORE",
        "T_DISJOINT",
        "T_EQUALS",
        "T_INTERSECTS",
    ];
    const OF_INTERVALS: [&str; 15] = [
        "T_AFTER",
        "T_BEFORE",
        "T_DISJOINT",
        "T_EQUALS",
        "T_INTERSECTS",
        "T_CONTAINS",
        "T_DURING",
        "T_FINISHEDBY",
        "T_FINISHES",
        "T_MEETS",
        "T_METBY",
        "T_OVERLAPPEDBY",
        "T_OVERLAPS",
        "T_STARTEDBY",
        "T_STARTS",
    ];
    let year = "INTERVAL('2021-01-01','2021-12-31')";
    for name in ["parcels", "zones"] {
        let all = queryables(&office, name);
        let days: Vec<&str> = all
            .iter()
            .filter(|q| q.1 == "date")
            .map(|q| q.0.as_str())
            .collect();
        for day in &days {
            for function in OF_DAYS {
                evaluate(
                    &office,
                    name,
                    &format!("{function}({day},DATE('2022-04-24'))"),
                );
                evaluate(&office, name, &format!("{function}({day},{year})"));
            }
        }
        for function in OF_INTERVALS {
            let own = format!("{function}(INTERVAL({},{}),{year})", days[0], days[1]);
            evaluate(&office, name, &own);
        }
    }
}

/// /conf/temporal-functions/test-data
/// /conf/temporal-functions/logical
#[test]
fn days_and_intervals_find_what_lies_so_alone_and_joined() {
    let office = office();
    find(
        &office,
        &[
            ("parcels", "T_AFTER(validFrom,DATE('2015-05-05'))", &[4, 5]),
            (
                "parcels",
                "T_BEFORE(validFrom,DATE('2015-05-05'))",
                &[1, 2, 6, 7],
            ),
            ("parcels", "T_EQUALS(validFrom,DATE('2015-05-05'))", &[11]),
            (
                "parcels",
                "T_DURING(validFrom,INTERVAL('2015-01-01','2016-01-01'))",
                &[11],
            ),
            (
                "parcels",
                "T_INTERSECTS(INTERVAL(validFrom,validTo),INTERVAL('..','2010-01-01'))",
                &[1, 2, 6, 7],
            ),
            (
                "parcels",
                "NOT T_AFTER(validFrom,DATE('2010-01-01')) AND id < 3",
                &[1, 2],
            ),
            (
                "parcels",
                "T_AFTER(validFrom,DATE('2020-01-01')) OR T_EQUALS(validFrom,DATE('2015-05-05'))",
                &[4, 5, 11],
            ),
        ],
    );
}
