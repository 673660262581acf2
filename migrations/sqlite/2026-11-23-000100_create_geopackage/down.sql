-- Takes back: the tables that make the SQLite file a GeoPackage.

DROP TABLE schema_comments;
DROP TABLE gpkg_extensions;
DROP TABLE gpkg_geometry_columns;
DROP TABLE gpkg_contents;
DROP TABLE gpkg_spatial_ref_sys;
PRAGMA application_id = 0;
PRAGMA user_version = 0;
