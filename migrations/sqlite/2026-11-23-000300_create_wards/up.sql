-- Wards with their borders, and the crosswalk.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE wards (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX wards_recorded_in ON wards (recorded_in);
CREATE INDEX wards_code ON wards (code);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('wards', 'features', 'wards', 'Wards: current versions', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('wards', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_wards_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_wards_geom_insert AFTER INSERT ON wards WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_wards_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_wards_geom_update1 AFTER UPDATE OF geom ON wards WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_wards_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_wards_geom_update2 AFTER UPDATE OF geom ON wards WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_wards_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_wards_geom_update3 AFTER UPDATE ON wards WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_wards_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_wards_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_wards_geom_update4 AFTER UPDATE ON wards WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_wards_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_wards_geom_delete AFTER DELETE ON wards WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_wards_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'wards', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('wards', '', 'Wards: current versions'),
    ('wards', 'version', 'Key of the version'),
    ('wards', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('wards', 'code', 'Code of five digits; a new unit keeps the code of one predecessor'),
    ('wards', 'name', 'Name without its kind'),
    ('wards', 'kind', 'ward, commune, special_zone or township'),
    ('wards', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('wards', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('wards', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('wards', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('wards', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('wards', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('wards', 'recorded_in', 'Revision that recorded this'),
    ('wards', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE wards_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX wards_closed_recorded_in ON wards_closed (recorded_in);
CREATE INDEX wards_closed_code ON wards_closed (code);
CREATE INDEX wards_closed_closed_in ON wards_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('wards_closed', 'features', 'wards_closed', 'Wards: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('wards_closed', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('wards_closed', '', 'Wards: versions that have ended, in the world or in the register'),
    ('wards_closed', 'version', 'Key of the version'),
    ('wards_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('wards_closed', 'code', 'Code of five digits; a new unit keeps the code of one predecessor'),
    ('wards_closed', 'name', 'Name without its kind'),
    ('wards_closed', 'kind', 'ward, commune, special_zone or township'),
    ('wards_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('wards_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('wards_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('wards_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('wards_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('wards_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('wards_closed', 'recorded_in', 'Revision that recorded this'),
    ('wards_closed', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE ward_successions (
    id INTEGER PRIMARY KEY NOT NULL,
    former_code TEXT,
    former_name TEXT NOT NULL,
    former_district TEXT NOT NULL,
    former_province TEXT NOT NULL,
    split BOOLEAN NOT NULL,
    ward TEXT NOT NULL,
    day DATE NOT NULL,
    recorded_in INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ward_successions_recorded_in ON ward_successions (recorded_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('ward_successions', 'attributes', 'ward_successions', 'Which former ward became which ward of today', NULL);
INSERT INTO schema_comments VALUES
    ('ward_successions', '', 'Which former ward became which ward of today'),
    ('ward_successions', 'id', 'Key of the row'),
    ('ward_successions', 'former_code', 'Code of the former unit, when the table gives one'),
    ('ward_successions', 'former_name', 'Full name of the former unit with its kind'),
    ('ward_successions', 'former_district', 'District in which it lay'),
    ('ward_successions', 'former_province', 'Province in which it lay'),
    ('ward_successions', 'split', 'Whether it was cut between several new units'),
    ('ward_successions', 'ward', 'Code of the new unit'),
    ('ward_successions', 'day', 'First day of the new unit'),
    ('ward_successions', 'recorded_in', 'Revision that recorded this');
