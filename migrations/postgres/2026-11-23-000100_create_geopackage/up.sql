-- The tables that make the SQLite file a GeoPackage; in PostgreSQL, the reference systems and PostGIS.
-- PostGIS is used when it is there or may be created; the register works without it.

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis') THEN
        BEGIN
            CREATE EXTENSION IF NOT EXISTS postgis;
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'postgis is not created: the role may not; the register works without it';
        END;
    END IF;
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN
        -- Debian's table lacks 9210; rows that are there already stay as they are. Where an
        -- administrator made PostGIS, the role may not write here: only PostGIS's own transforms
        -- from 9210 are missing then, which the register does not use.
        BEGIN
        INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
        SELECT * FROM (VALUES
            (4756, 'EPSG', 4756, 'GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4756"]]', '+proj=longlat +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +no_defs'),
            (9210, 'EPSG', 9210, 'PROJCS["VN-2000 / TM-3 105-45",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",105.75],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","9210"]]', '+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs'),
            (5899, 'EPSG', 5899, 'PROJCS["VN-2000 / TM-3 107-45",GEOGCS["VN-2000",DATUM["Vietnam_2000",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6756"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4756"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",107.75],PARAMETER["scale_factor",0.9999],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","5899"]]', '+proj=tmerc +lat_0=0 +lon_0=107.75 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278 +units=m +no_defs')
        ) AS systems (srid, auth_name, auth_srid, srtext, proj4text)
        WHERE srid NOT IN (SELECT present.srid FROM spatial_ref_sys AS present);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE NOTICE 'EPSG:9210 is not added to spatial_ref_sys: the role may not';
        END;
    END IF;
END
$$;

-- Gives a table the PostGIS column that GIS clients read: the WKB after the 40 bytes of header.
CREATE FUNCTION diachinh_add_display(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis') THEN
        EXECUTE format(
            'ALTER TABLE %s ADD COLUMN geom_4756 geometry(Geometry, 4756)
             GENERATED ALWAYS AS (ST_GeomFromWKB(substring(geom FROM 41), 4756)) STORED', target);
        EXECUTE format('CREATE INDEX ON %s USING gist (geom_4756)', target);
        EXECUTE format(
            'COMMENT ON COLUMN %s.geom_4756 IS ''Display geometry for GIS clients, derived from geom''', target);
    END IF;
END
$$;
COMMENT ON FUNCTION diachinh_add_display IS 'Gives a table the PostGIS column that GIS clients read';
