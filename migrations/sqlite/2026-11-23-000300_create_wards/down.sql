-- Takes back: Wards with their borders, and the crosswalk.

DELETE FROM gpkg_contents WHERE table_name = 'ward_successions';
DELETE FROM schema_comments WHERE table_name = 'ward_successions';
DROP TABLE ward_successions;
DELETE FROM gpkg_geometry_columns WHERE table_name = 'wards_closed';
DELETE FROM gpkg_contents WHERE table_name = 'wards_closed';
DELETE FROM schema_comments WHERE table_name = 'wards_closed';
DROP TABLE wards_closed;
DELETE FROM gpkg_extensions WHERE table_name = 'wards';
DROP TABLE rtree_wards_geom;
DELETE FROM gpkg_geometry_columns WHERE table_name = 'wards';
DELETE FROM gpkg_contents WHERE table_name = 'wards';
DELETE FROM schema_comments WHERE table_name = 'wards';
DROP TABLE wards;
