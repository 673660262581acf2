-- Planning layers and their features.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE zones (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    code TEXT NOT NULL,
    function TEXT NOT NULL,
    storeys_max INTEGER,
    height_max_mm INTEGER,
    coverage_max_permille INTEGER,
    floor_area_ratio_max_hundredths INTEGER,
    population INTEGER,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX zones_recorded_in ON zones (recorded_in);
CREATE INDEX zones_feature_id ON zones (feature_id);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('zones', 'features', 'zones', 'Plan units: current versions', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('zones', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_zones_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_zones_geom_insert AFTER INSERT ON zones WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_zones_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_zones_geom_update1 AFTER UPDATE OF geom ON zones WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_zones_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_zones_geom_update2 AFTER UPDATE OF geom ON zones WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_zones_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_zones_geom_update3 AFTER UPDATE ON zones WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_zones_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_zones_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_zones_geom_update4 AFTER UPDATE ON zones WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_zones_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_zones_geom_delete AFTER DELETE ON zones WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_zones_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'zones', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('zones', '', 'Plan units: current versions'),
    ('zones', 'version', 'Key of the version'),
    ('zones', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('zones', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('zones', 'layer', 'Code of the layer'),
    ('zones', 'code', 'Code of the unit in its plan'),
    ('zones', 'function', 'Planned function as in the legend of the plan'),
    ('zones', 'storeys_max', 'Greatest number of storeys'),
    ('zones', 'height_max_mm', 'Greatest height, in millimetres'),
    ('zones', 'coverage_max_permille', 'Greatest net coverage, in tenths of a per cent'),
    ('zones', 'floor_area_ratio_max_hundredths', 'Greatest floor-area ratio, in hundredths'),
    ('zones', 'population', 'Planned population'),
    ('zones', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('zones', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('zones', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('zones', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('zones', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('zones', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('zones', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('zones', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('zones', 'recorded_in', 'Revision that recorded this'),
    ('zones', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE zones_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    code TEXT NOT NULL,
    function TEXT NOT NULL,
    storeys_max INTEGER,
    height_max_mm INTEGER,
    coverage_max_permille INTEGER,
    floor_area_ratio_max_hundredths INTEGER,
    population INTEGER,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX zones_closed_recorded_in ON zones_closed (recorded_in);
CREATE INDEX zones_closed_feature_id ON zones_closed (feature_id);
CREATE INDEX zones_closed_closed_in ON zones_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('zones_closed', 'features', 'zones_closed', 'Plan units: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('zones_closed', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('zones_closed', '', 'Plan units: versions that have ended, in the world or in the register'),
    ('zones_closed', 'version', 'Key of the version'),
    ('zones_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('zones_closed', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('zones_closed', 'layer', 'Code of the layer'),
    ('zones_closed', 'code', 'Code of the unit in its plan'),
    ('zones_closed', 'function', 'Planned function as in the legend of the plan'),
    ('zones_closed', 'storeys_max', 'Greatest number of storeys'),
    ('zones_closed', 'height_max_mm', 'Greatest height, in millimetres'),
    ('zones_closed', 'coverage_max_permille', 'Greatest net coverage, in tenths of a per cent'),
    ('zones_closed', 'floor_area_ratio_max_hundredths', 'Greatest floor-area ratio, in hundredths'),
    ('zones_closed', 'population', 'Planned population'),
    ('zones_closed', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('zones_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('zones_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('zones_closed', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('zones_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('zones_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('zones_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('zones_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('zones_closed', 'recorded_in', 'Revision that recorded this'),
    ('zones_closed', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE roads (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    street TEXT NOT NULL,
    width_mm INTEGER,
    decision TEXT,
    alley BOOLEAN NOT NULL,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX roads_recorded_in ON roads (recorded_in);
CREATE INDEX roads_feature_id ON roads (feature_id);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('roads', 'features', 'roads', 'Planned rights of way: current versions', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('roads', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_roads_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_roads_geom_insert AFTER INSERT ON roads WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_roads_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_roads_geom_update1 AFTER UPDATE OF geom ON roads WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_roads_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_roads_geom_update2 AFTER UPDATE OF geom ON roads WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_roads_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_roads_geom_update3 AFTER UPDATE ON roads WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_roads_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_roads_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_roads_geom_update4 AFTER UPDATE ON roads WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_roads_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_roads_geom_delete AFTER DELETE ON roads WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_roads_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'roads', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('roads', '', 'Planned rights of way: current versions'),
    ('roads', 'version', 'Key of the version'),
    ('roads', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('roads', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('roads', 'layer', 'Code of the layer'),
    ('roads', 'street', 'Street name, empty for a nameless alley'),
    ('roads', 'width_mm', 'Width between the red lines, in millimetres, when it has been decided'),
    ('roads', 'decision', 'Decision that set the width, as a JSON object'),
    ('roads', 'alley', 'Whether it is an alley'),
    ('roads', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('roads', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('roads', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('roads', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('roads', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('roads', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('roads', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('roads', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('roads', 'recorded_in', 'Revision that recorded this'),
    ('roads', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE roads_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    street TEXT NOT NULL,
    width_mm INTEGER,
    decision TEXT,
    alley BOOLEAN NOT NULL,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX roads_closed_recorded_in ON roads_closed (recorded_in);
CREATE INDEX roads_closed_feature_id ON roads_closed (feature_id);
CREATE INDEX roads_closed_closed_in ON roads_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('roads_closed', 'features', 'roads_closed', 'Planned rights of way: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('roads_closed', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('roads_closed', '', 'Planned rights of way: versions that have ended, in the world or in the register'),
    ('roads_closed', 'version', 'Key of the version'),
    ('roads_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('roads_closed', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('roads_closed', 'layer', 'Code of the layer'),
    ('roads_closed', 'street', 'Street name, empty for a nameless alley'),
    ('roads_closed', 'width_mm', 'Width between the red lines, in millimetres, when it has been decided'),
    ('roads_closed', 'decision', 'Decision that set the width, as a JSON object'),
    ('roads_closed', 'alley', 'Whether it is an alley'),
    ('roads_closed', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('roads_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('roads_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('roads_closed', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('roads_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('roads_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('roads_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('roads_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('roads_closed', 'recorded_in', 'Revision that recorded this'),
    ('roads_closed', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE corridors (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    width_mm INTEGER,
    voltage_v INTEGER,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX corridors_recorded_in ON corridors (recorded_in);
CREATE INDEX corridors_feature_id ON corridors (feature_id);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('corridors', 'features', 'corridors', 'Protection corridors: current versions', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('corridors', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_corridors_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_corridors_geom_insert AFTER INSERT ON corridors WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_corridors_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_corridors_geom_update1 AFTER UPDATE OF geom ON corridors WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_corridors_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_corridors_geom_update2 AFTER UPDATE OF geom ON corridors WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_corridors_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_corridors_geom_update3 AFTER UPDATE ON corridors WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_corridors_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_corridors_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_corridors_geom_update4 AFTER UPDATE ON corridors WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_corridors_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_corridors_geom_delete AFTER DELETE ON corridors WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_corridors_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'corridors', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('corridors', '', 'Protection corridors: current versions'),
    ('corridors', 'version', 'Key of the version'),
    ('corridors', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('corridors', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('corridors', 'layer', 'Code of the layer'),
    ('corridors', 'kind', 'canal, power or rail'),
    ('corridors', 'name', 'Name of the canal, line or railway'),
    ('corridors', 'width_mm', 'Width of the corridor as the law states it, in millimetres'),
    ('corridors', 'voltage_v', 'Nominal voltage in volts, for a power line'),
    ('corridors', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('corridors', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('corridors', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('corridors', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('corridors', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('corridors', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('corridors', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('corridors', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('corridors', 'recorded_in', 'Revision that recorded this'),
    ('corridors', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE corridors_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom MULTIPOLYGON NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    width_mm INTEGER,
    voltage_v INTEGER,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX corridors_closed_recorded_in ON corridors_closed (recorded_in);
CREATE INDEX corridors_closed_feature_id ON corridors_closed (feature_id);
CREATE INDEX corridors_closed_closed_in ON corridors_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('corridors_closed', 'features', 'corridors_closed', 'Protection corridors: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('corridors_closed', 'geom', 'MULTIPOLYGON', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('corridors_closed', '', 'Protection corridors: versions that have ended, in the world or in the register'),
    ('corridors_closed', 'version', 'Key of the version'),
    ('corridors_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('corridors_closed', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('corridors_closed', 'layer', 'Code of the layer'),
    ('corridors_closed', 'kind', 'canal, power or rail'),
    ('corridors_closed', 'name', 'Name of the canal, line or railway'),
    ('corridors_closed', 'width_mm', 'Width of the corridor as the law states it, in millimetres'),
    ('corridors_closed', 'voltage_v', 'Nominal voltage in volts, for a power line'),
    ('corridors_closed', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('corridors_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('corridors_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('corridors_closed', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('corridors_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('corridors_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('corridors_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('corridors_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('corridors_closed', 'recorded_in', 'Revision that recorded this'),
    ('corridors_closed', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE restrictions (
    version INTEGER PRIMARY KEY NOT NULL,
    geom GEOMETRY NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    legend_vi TEXT NOT NULL,
    legend_en TEXT NOT NULL,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX restrictions_recorded_in ON restrictions (recorded_in);
CREATE INDEX restrictions_feature_id ON restrictions (feature_id);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('restrictions', 'features', 'restrictions', 'Other public-law restrictions: current versions', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('restrictions', 'geom', 'GEOMETRY', 4756, 0, 0);
CREATE VIRTUAL TABLE rtree_restrictions_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_restrictions_geom_insert AFTER INSERT ON restrictions WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_restrictions_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_restrictions_geom_update1 AFTER UPDATE OF geom ON restrictions WHEN OLD.version = NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_restrictions_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_restrictions_geom_update2 AFTER UPDATE OF geom ON restrictions WHEN OLD.version = NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_restrictions_geom WHERE id = OLD.version;
END;
CREATE TRIGGER rtree_restrictions_geom_update3 AFTER UPDATE ON restrictions WHEN OLD.version != NEW.version AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_restrictions_geom WHERE id = OLD.version;
    INSERT OR REPLACE INTO rtree_restrictions_geom VALUES (
        NEW.version, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)
    );
END;
CREATE TRIGGER rtree_restrictions_geom_update4 AFTER UPDATE ON restrictions WHEN OLD.version != NEW.version AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_restrictions_geom WHERE id IN (OLD.version, NEW.version);
END;
CREATE TRIGGER rtree_restrictions_geom_delete AFTER DELETE ON restrictions WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_restrictions_geom WHERE id = OLD.version;
END;
INSERT INTO gpkg_extensions VALUES (
    'restrictions', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'
);
INSERT INTO schema_comments VALUES
    ('restrictions', '', 'Other public-law restrictions: current versions'),
    ('restrictions', 'version', 'Key of the version'),
    ('restrictions', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('restrictions', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('restrictions', 'layer', 'Code of the layer'),
    ('restrictions', 'kind', 'Kind in the legend of the theme'),
    ('restrictions', 'legend_vi', 'Legend text in Vietnamese'),
    ('restrictions', 'legend_en', 'Legend text in English'),
    ('restrictions', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('restrictions', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('restrictions', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('restrictions', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('restrictions', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('restrictions', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('restrictions', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('restrictions', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('restrictions', 'recorded_in', 'Revision that recorded this'),
    ('restrictions', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE restrictions_closed (
    version INTEGER PRIMARY KEY NOT NULL,
    geom GEOMETRY NOT NULL,
    feature_id INTEGER NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    legend_vi TEXT NOT NULL,
    legend_en TEXT NOT NULL,
    provisions TEXT NOT NULL,
    plane INTEGER NOT NULL,
    shape BLOB NOT NULL,
    other_shapes BLOB,
    valid_from DATE NOT NULL,
    valid_to DATE,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL,
    closed_in INTEGER
);
CREATE INDEX restrictions_closed_recorded_in ON restrictions_closed (recorded_in);
CREATE INDEX restrictions_closed_feature_id ON restrictions_closed (feature_id);
CREATE INDEX restrictions_closed_closed_in ON restrictions_closed (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('restrictions_closed', 'features', 'restrictions_closed', 'Other public-law restrictions: versions that have ended, in the world or in the register', 4756);
INSERT INTO gpkg_geometry_columns VALUES ('restrictions_closed', 'geom', 'GEOMETRY', 4756, 0, 0);
INSERT INTO schema_comments VALUES
    ('restrictions_closed', '', 'Other public-law restrictions: versions that have ended, in the world or in the register'),
    ('restrictions_closed', 'version', 'Key of the version'),
    ('restrictions_closed', 'geom', 'Display geometry in EPSG:4756, derived from the shape; never measured'),
    ('restrictions_closed', 'feature_id', 'Key of the feature, the same in all its versions and on all planes'),
    ('restrictions_closed', 'layer', 'Code of the layer'),
    ('restrictions_closed', 'kind', 'Kind in the legend of the theme'),
    ('restrictions_closed', 'legend_vi', 'Legend text in Vietnamese'),
    ('restrictions_closed', 'legend_en', 'Legend text in English'),
    ('restrictions_closed', 'provisions', 'Legal provisions beyond those of the layer, as a JSON array'),
    ('restrictions_closed', 'plane', 'EPSG code of the plane in which the shape is exact'),
    ('restrictions_closed', 'shape', 'Exact shape on the millimetre grid of its plane; the only geometry that is measured'),
    ('restrictions_closed', 'other_shapes', 'Exact shapes on further planes the feature reaches into'),
    ('restrictions_closed', 'valid_from', 'First day on which this held, in civil days of Vietnam'),
    ('restrictions_closed', 'valid_to', 'First day on which it no longer held; empty while it holds'),
    ('restrictions_closed', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('restrictions_closed', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('restrictions_closed', 'recorded_in', 'Revision that recorded this'),
    ('restrictions_closed', 'closed_in', 'Revision that closed this in recorded time');

CREATE TABLE layers (
    version INTEGER PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    theme TEXT NOT NULL,
    title_vi TEXT NOT NULL,
    title_en TEXT NOT NULL,
    coverage BLOB NOT NULL,
    as_of DATE NOT NULL,
    accuracy_mm INTEGER NOT NULL,
    law_status TEXT NOT NULL,
    provisions TEXT NOT NULL,
    office_code TEXT NOT NULL,
    office_name_vi TEXT NOT NULL,
    office_name_en TEXT NOT NULL,
    synthetic BOOLEAN NOT NULL,
    recorded_from INTEGER NOT NULL,
    recorded_to INTEGER,
    recorded_in INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    closed_in INTEGER
);
CREATE INDEX layers_recorded_in ON layers (recorded_in);
CREATE INDEX layers_closed_in ON layers (closed_in);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('layers', 'attributes', 'layers', 'Heads of the planning layers, all versions', NULL);
INSERT INTO schema_comments VALUES
    ('layers', '', 'Heads of the planning layers, all versions'),
    ('layers', 'version', 'Key of the version'),
    ('layers', 'code', 'Code of the layer'),
    ('layers', 'theme', 'What the layer is about'),
    ('layers', 'title_vi', 'Vietnamese title'),
    ('layers', 'title_en', 'English title'),
    ('layers', 'coverage', 'Where the layer speaks: exact areas, one per plane'),
    ('layers', 'as_of', 'Day up to which the layer is known to be right'),
    ('layers', 'accuracy_mm', 'Accuracy of its geometry, in millimetres'),
    ('layers', 'law_status', 'in_force, announced, announced_with_effect or announced_not_carried_out'),
    ('layers', 'provisions', 'What it rests on, as a JSON array'),
    ('layers', 'office_code', 'Code of the office that answers for it'),
    ('layers', 'office_name_vi', 'Vietnamese name of the office'),
    ('layers', 'office_name_en', 'English name of the office'),
    ('layers', 'synthetic', 'Whether the data are made up'),
    ('layers', 'recorded_from', 'When the register began to hold this, in microseconds since 1970-01-01 UTC'),
    ('layers', 'recorded_to', 'When the register stopped to hold this; empty while it is the current knowledge'),
    ('layers', 'recorded_in', 'Revision that recorded this'),
    ('layers', 'closed_in', 'Revision that closed this in recorded time');
