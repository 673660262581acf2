-- Parcels: open versions and closed ones.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE parcels (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    parcel_id INTEGER NOT NULL,
    national_identifier TEXT,
    ward TEXT NOT NULL,
    map_commune TEXT NOT NULL,
    map_sheet TEXT NOT NULL,
    map_number TEXT NOT NULL,
    certificate_commune TEXT,
    certificate_sheet TEXT,
    certificate_number TEXT,
    registered_area_m2 REAL,
    measured_area_m2 REAL NOT NULL,
    scale INTEGER NOT NULL,
    status TEXT NOT NULL,
    land_use TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX parcels_parcel_id ON parcels (parcel_id);
CREATE INDEX parcels_recorded_in ON parcels (recorded_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('parcels', 'features', 'parcels', 'Parcels: the versions that are the current knowledge and still hold', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('parcels', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_parcels_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_parcels_geom_insert AFTER INSERT ON parcels WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_parcels_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_parcels_geom_update1 AFTER UPDATE OF geom ON parcels WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_parcels_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_parcels_geom_update2 AFTER UPDATE OF geom ON parcels WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_parcels_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_parcels_geom_update3 AFTER UPDATE ON parcels WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_parcels_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_parcels_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_parcels_geom_update4 AFTER UPDATE ON parcels WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_parcels_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_parcels_geom_delete AFTER DELETE ON parcels WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_parcels_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'parcels', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('parcels', '', 'Parcels: the versions that are the current knowledge and still hold'),
    ('parcels', 'version', 'Key of the version'),
    ('parcels', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('parcels', 'parcel_id', 'Surrogate key of the parcel, the same in all its versions'),
    ('parcels', 'national_identifier', 'National parcel identifier, opaque'),
    ('parcels', 'ward', 'Code of the ward in which it lies, of the units in force while this version is valid'),
    ('parcels', 'map_commune', 'Key on the cadastral map: commune in whose series the sheet is numbered'),
    ('parcels', 'map_sheet', 'Key on the cadastral map: sheet'),
    ('parcels', 'map_number', 'Key on the cadastral map: parcel number within the sheet'),
    ('parcels', 'certificate_commune', 'Key on the certificate: commune'),
    ('parcels', 'certificate_sheet', 'Key on the certificate: sheet'),
    ('parcels', 'certificate_number', 'Key on the certificate: parcel number'),
    ('parcels', 'registered_area_m2', 'Area as registered, in square metres with two decimals'),
    ('parcels', 'measured_area_m2', 'Area of the exact shape on its own plane, in square metres'),
    ('parcels', 'scale', 'Denominator of the scale of the survey'),
    ('parcels', 'status', 'in_use, recovered or disputed'),
    ('parcels', 'land_use', 'Land-use lines as a JSON array, first line first'),
    ('parcels', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('parcels', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('parcels', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('parcels', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('parcels', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('parcels', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('parcels', 'recorded_in', 'Revision that recorded this'),
    ('parcels', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE parcels_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    parcel_id INTEGER NOT NULL,
    national_identifier TEXT,
    ward TEXT NOT NULL,
    map_commune TEXT NOT NULL,
    map_sheet TEXT NOT NULL,
    map_number TEXT NOT NULL,
    certificate_commune TEXT,
    certificate_sheet TEXT,
    certificate_number TEXT,
    registered_area_m2 REAL,
    measured_area_m2 REAL NOT NULL,
    scale INTEGER NOT NULL,
    status TEXT NOT NULL,
    land_use TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX parcels_closed_parcel_id ON parcels_closed (parcel_id);
CREATE INDEX parcels_closed_recorded_in ON parcels_closed (recorded_in);
CREATE INDEX parcels_closed_closed_in ON parcels_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('parcels_closed', 'features', 'parcels_closed', 'Parcels: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('parcels_closed', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('parcels_closed', '', 'Parcels: versions that have ended, in the world or in the register'),
    ('parcels_closed', 'version', 'Key of the version'),
    ('parcels_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('parcels_closed', 'parcel_id', 'Surrogate key of the parcel, the same in all its versions'),
    ('parcels_closed', 'national_identifier', 'National parcel identifier, opaque'),
    ('parcels_closed', 'ward', 'Code of the ward in which it lies, of the units in force while this version is valid'),
    ('parcels_closed', 'map_commune', 'Key on the cadastral map: commune in whose series the sheet is numbered'),
    ('parcels_closed', 'map_sheet', 'Key on the cadastral map: sheet'),
    ('parcels_closed', 'map_number', 'Key on the cadastral map: parcel number within the sheet'),
    ('parcels_closed', 'certificate_commune', 'Key on the certificate: commune'),
    ('parcels_closed', 'certificate_sheet', 'Key on the certificate: sheet'),
    ('parcels_closed', 'certificate_number', 'Key on the certificate: parcel number'),
    ('parcels_closed', 'registered_area_m2', 'Area as registered, in square metres with two decimals'),
    ('parcels_closed', 'measured_area_m2', 'Area of the exact shape on its own plane, in square metres'),
    ('parcels_closed', 'scale', 'Denominator of the scale of the survey'),
    ('parcels_closed', 'status', 'in_use, recovered or disputed'),
    ('parcels_closed', 'land_use', 'Land-use lines as a JSON array, first line first'),
    ('parcels_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('parcels_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('parcels_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('parcels_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('parcels_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('parcels_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('parcels_closed', 'recorded_in', 'Revision that recorded this'),
    ('parcels_closed', 'closed_in', 'Revision that closed this in recorded time');
