-- Takes back: Parcels: open versions and closed ones.

DELETE FROM gpkg_geometry_columns WHERE table_name = 'parcels_closed';
DELETE FROM gpkg_contents WHERE table_name = 'parcels_closed';
DELETE FROM schema_comments WHERE table_name = 'parcels_closed';
DROP TABLE parcels_closed;
DELETE FROM gpkg_extensions WHERE table_name = 'parcels';
DROP TABLE rtree_parcels_geom;
DELETE FROM gpkg_geometry_columns WHERE table_name = 'parcels';
DELETE FROM gpkg_contents WHERE table_name = 'parcels';
DELETE FROM schema_comments WHERE table_name = 'parcels';
DROP TABLE parcels;
