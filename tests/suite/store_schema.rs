//! Laws of the schema, asked of the databases themselves.

use rstest::rstest;

use crate::databases::{Kind, Place};

/// Tables that no GIS client lists: they are not public.
const PRIVATE: [&str; 7] = [
    "ba_unit_parcels",
    "ba_units",
    "identity_secret",
    "parties",
    "register_head",
    "rrrs",
    "schema_comments",
];

#[test]
fn every_table_and_column_of_postgresql_has_a_comment() {
    let place = Place::new(Kind::Postgres);
    let bare = place.sql(
        "SELECT c.relname, a.attname FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
         WHERE c.relkind = 'r' AND n.nspname IN ('public', 'diachinh_keys')
           AND c.relname NOT IN ('spatial_ref_sys', '__diesel_schema_migrations')
           AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)",
    );
    assert_eq!(bare, "");
}

#[test]
fn every_table_and_column_of_the_file_is_told_in_schema_comments() {
    let place = Place::new(Kind::Sqlite);
    let bare = place.sql(
        "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE 'gpkg_%' AND m.name NOT LIKE 'rtree_%'
           AND m.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite_%'
           AND (NOT EXISTS (SELECT 1 FROM schema_comments s
                            WHERE s.table_name = m.name AND s.column_name = p.name)
             OR NOT EXISTS (SELECT 1 FROM schema_comments s
                            WHERE s.table_name = m.name AND s.column_name = ''))",
    );
    assert_eq!(bare, "");
    let of_nothing = place.sql(
        "SELECT table_name FROM schema_comments
         WHERE table_name NOT IN (SELECT name FROM sqlite_master)",
    );
    assert_eq!(of_nothing, "");
}

#[test]
fn every_table_is_registered_for_gis_clients_or_private_on_purpose() {
    let place = Place::new(Kind::Sqlite);
    let unregistered = place.sql(
        "SELECT name FROM sqlite_master
         WHERE type = 'table' AND name NOT IN (SELECT table_name FROM gpkg_contents)
           AND name NOT LIKE 'gpkg_%' AND name NOT LIKE 'rtree_%' AND name NOT LIKE 'sqlite_%'
           AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY name",
    );
    assert_eq!(unregistered.lines().collect::<Vec<_>>(), PRIVATE);
}

#[test]
fn the_column_types_of_the_file_are_those_of_a_geopackage() {
    let place = Place::new(Kind::Sqlite);
    let types = place.sql(
        "SELECT DISTINCT p.type FROM gpkg_contents c JOIN pragma_table_info(c.table_name) p
         ORDER BY p.type",
    );
    let expected = [
        "BLOB",
        "BOOLEAN",
        "DATE",
        "GEOMETRY",
        "INTEGER",
        "MULTIPOLYGON",
        "REAL",
        "TEXT",
    ];
    assert_eq!(types.lines().collect::<Vec<_>>(), expected);
}

#[rstest]
#[case::sqlite(Kind::Sqlite)]
#[case::postgres(Kind::Postgres)]
fn both_databases_have_the_same_migrations(#[case] kind: Kind) {
    let place = Place::new(kind);
    let versions = place.sql("SELECT version FROM __diesel_schema_migrations ORDER BY version");
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    for database in ["sqlite", "postgres"] {
        let folders = std::fs::read_dir(format!("{root}/{database}")).expect("migrations");
        let mut expected: Vec<String> = folders
            .flatten()
            .map(|folder| folder.file_name().to_string_lossy().into_owned())
            .map(|name| name.split('_').next().unwrap_or_default().replace('-', ""))
            .collect();
        expected.sort();
        assert_eq!(versions.lines().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn the_system_of_the_first_zone_is_known_to_postgis_and_the_display_is_its_geometry() {
    let place = Place::new(Kind::Postgres);
    let known = place.sql(
        "SELECT srid FROM spatial_ref_sys WHERE srid IN (4756, 5899, 9210)
                           ORDER BY srid",
    );
    assert_eq!(known, "4756\n5899\n9210\n");
    let edit = crate::store_parity::villages();
    let committed = place.store.commit(
        &edit,
        crate::store_parity::at(0),
        crate::databases::display(),
    );
    assert!(committed.is_ok(), "{committed:?}");
    let wrong = place.sql(
        "SELECT count(*) FROM parcels
         WHERE abs(ST_Area(ST_Transform(geom_4756, plane::int)) - measured_area_m2) > 0.01",
    );
    assert_eq!(wrong, "0\n");
}
