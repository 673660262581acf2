-- Planning layers and their features.

CREATE TABLE zones (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    code TEXT NOT NULL,
    function TEXT NOT NULL,
    storeys_max BIGINT,
    height_max_mm BIGINT,
    coverage_max_permille BIGINT,
    floor_area_ratio_max_hundredths BIGINT,
    population BIGINT,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX zones_recorded_in ON zones (recorded_in);
CREATE INDEX zones_feature_id ON zones (feature_id);
COMMENT ON TABLE zones IS 'Plan units: current versions';
COMMENT ON COLUMN zones.version IS 'Key of the version';
COMMENT ON COLUMN zones.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN zones.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN zones.layer IS 'Code of the layer';
COMMENT ON COLUMN zones.code IS 'Code of the unit in its plan';
COMMENT ON COLUMN zones.function IS 'Planned function as in the legend of the plan';
COMMENT ON COLUMN zones.storeys_max IS 'Greatest number of storeys';
COMMENT ON COLUMN zones.height_max_mm IS 'Greatest height, in millimetres';
COMMENT ON COLUMN zones.coverage_max_permille IS 'Greatest net coverage, in tenths of a per cent';
COMMENT ON COLUMN zones.floor_area_ratio_max_hundredths IS 'Greatest floor-area ratio, in hundredths';
COMMENT ON COLUMN zones.population IS 'Planned population';
COMMENT ON COLUMN zones.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN zones.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN zones.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN zones.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN zones.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN zones.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN zones.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN zones.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN zones.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN zones.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('zones');

CREATE TABLE zones_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    code TEXT NOT NULL,
    function TEXT NOT NULL,
    storeys_max BIGINT,
    height_max_mm BIGINT,
    coverage_max_permille BIGINT,
    floor_area_ratio_max_hundredths BIGINT,
    population BIGINT,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX zones_closed_recorded_in ON zones_closed (recorded_in);
CREATE INDEX zones_closed_feature_id ON zones_closed (feature_id);
CREATE INDEX zones_closed_closed_in ON zones_closed (closed_in);
COMMENT ON TABLE zones_closed IS 'Plan units: versions that have ended, in the world or in the register';
COMMENT ON COLUMN zones_closed.version IS 'Key of the version';
COMMENT ON COLUMN zones_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN zones_closed.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN zones_closed.layer IS 'Code of the layer';
COMMENT ON COLUMN zones_closed.code IS 'Code of the unit in its plan';
COMMENT ON COLUMN zones_closed.function IS 'Planned function as in the legend of the plan';
COMMENT ON COLUMN zones_closed.storeys_max IS 'Greatest number of storeys';
COMMENT ON COLUMN zones_closed.height_max_mm IS 'Greatest height, in millimetres';
COMMENT ON COLUMN zones_closed.coverage_max_permille IS 'Greatest net coverage, in tenths of a per cent';
COMMENT ON COLUMN zones_closed.floor_area_ratio_max_hundredths IS 'Greatest floor-area ratio, in hundredths';
COMMENT ON COLUMN zones_closed.population IS 'Planned population';
COMMENT ON COLUMN zones_closed.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN zones_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN zones_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN zones_closed.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN zones_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN zones_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN zones_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN zones_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN zones_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN zones_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('zones_closed');

CREATE TABLE roads (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    street TEXT NOT NULL,
    width_mm BIGINT,
    decision TEXT,
    alley BOOLEAN NOT NULL,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX roads_recorded_in ON roads (recorded_in);
CREATE INDEX roads_feature_id ON roads (feature_id);
COMMENT ON TABLE roads IS 'Planned rights of way: current versions';
COMMENT ON COLUMN roads.version IS 'Key of the version';
COMMENT ON COLUMN roads.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN roads.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN roads.layer IS 'Code of the layer';
COMMENT ON COLUMN roads.street IS 'Street name, empty for a nameless alley';
COMMENT ON COLUMN roads.width_mm IS 'Width between the red lines, in millimetres, when it has been decided';
COMMENT ON COLUMN roads.decision IS 'Decision that set the width, as a JSON object';
COMMENT ON COLUMN roads.alley IS 'Whether it is an alley';
COMMENT ON COLUMN roads.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN roads.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN roads.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN roads.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN roads.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN roads.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN roads.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN roads.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN roads.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN roads.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('roads');

CREATE TABLE roads_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    street TEXT NOT NULL,
    width_mm BIGINT,
    decision TEXT,
    alley BOOLEAN NOT NULL,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX roads_closed_recorded_in ON roads_closed (recorded_in);
CREATE INDEX roads_closed_feature_id ON roads_closed (feature_id);
CREATE INDEX roads_closed_closed_in ON roads_closed (closed_in);
COMMENT ON TABLE roads_closed IS 'Planned rights of way: versions that have ended, in the world or in the register';
COMMENT ON COLUMN roads_closed.version IS 'Key of the version';
COMMENT ON COLUMN roads_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN roads_closed.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN roads_closed.layer IS 'Code of the layer';
COMMENT ON COLUMN roads_closed.street IS 'Street name, empty for a nameless alley';
COMMENT ON COLUMN roads_closed.width_mm IS 'Width between the red lines, in millimetres, when it has been decided';
COMMENT ON COLUMN roads_closed.decision IS 'Decision that set the width, as a JSON object';
COMMENT ON COLUMN roads_closed.alley IS 'Whether it is an alley';
COMMENT ON COLUMN roads_closed.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN roads_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN roads_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN roads_closed.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN roads_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN roads_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN roads_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN roads_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN roads_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN roads_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('roads_closed');

CREATE TABLE corridors (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    width_mm BIGINT,
    voltage_v BIGINT,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX corridors_recorded_in ON corridors (recorded_in);
CREATE INDEX corridors_feature_id ON corridors (feature_id);
COMMENT ON TABLE corridors IS 'Protection corridors: current versions';
COMMENT ON COLUMN corridors.version IS 'Key of the version';
COMMENT ON COLUMN corridors.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN corridors.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN corridors.layer IS 'Code of the layer';
COMMENT ON COLUMN corridors.kind IS 'canal, power or rail';
COMMENT ON COLUMN corridors.name IS 'Name of the canal, line or railway';
COMMENT ON COLUMN corridors.width_mm IS 'Width of the corridor as the law states it, in millimetres';
COMMENT ON COLUMN corridors.voltage_v IS 'Nominal voltage in volts, for a power line';
COMMENT ON COLUMN corridors.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN corridors.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN corridors.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN corridors.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN corridors.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN corridors.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN corridors.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN corridors.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN corridors.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN corridors.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('corridors');

CREATE TABLE corridors_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    width_mm BIGINT,
    voltage_v BIGINT,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX corridors_closed_recorded_in ON corridors_closed (recorded_in);
CREATE INDEX corridors_closed_feature_id ON corridors_closed (feature_id);
CREATE INDEX corridors_closed_closed_in ON corridors_closed (closed_in);
COMMENT ON TABLE corridors_closed IS 'Protection corridors: versions that have ended, in the world or in the register';
COMMENT ON COLUMN corridors_closed.version IS 'Key of the version';
COMMENT ON COLUMN corridors_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN corridors_closed.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN corridors_closed.layer IS 'Code of the layer';
COMMENT ON COLUMN corridors_closed.kind IS 'canal, power or rail';
COMMENT ON COLUMN corridors_closed.name IS 'Name of the canal, line or railway';
COMMENT ON COLUMN corridors_closed.width_mm IS 'Width of the corridor as the law states it, in millimetres';
COMMENT ON COLUMN corridors_closed.voltage_v IS 'Nominal voltage in volts, for a power line';
COMMENT ON COLUMN corridors_closed.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN corridors_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN corridors_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN corridors_closed.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN corridors_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN corridors_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN corridors_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN corridors_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN corridors_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN corridors_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('corridors_closed');

CREATE TABLE restrictions (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    legend_vi TEXT NOT NULL,
    legend_en TEXT NOT NULL,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX restrictions_recorded_in ON restrictions (recorded_in);
CREATE INDEX restrictions_feature_id ON restrictions (feature_id);
COMMENT ON TABLE restrictions IS 'Other public-law restrictions: current versions';
COMMENT ON COLUMN restrictions.version IS 'Key of the version';
COMMENT ON COLUMN restrictions.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN restrictions.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN restrictions.layer IS 'Code of the layer';
COMMENT ON COLUMN restrictions.kind IS 'Kind in the legend of the theme';
COMMENT ON COLUMN restrictions.legend_vi IS 'Legend text in Vietnamese';
COMMENT ON COLUMN restrictions.legend_en IS 'Legend text in English';
COMMENT ON COLUMN restrictions.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN restrictions.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN restrictions.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN restrictions.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN restrictions.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN restrictions.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN restrictions.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN restrictions.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN restrictions.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN restrictions.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('restrictions');

CREATE TABLE restrictions_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    feature_id BIGINT NOT NULL,
    layer TEXT NOT NULL,
    kind TEXT NOT NULL,
    legend_vi TEXT NOT NULL,
    legend_en TEXT NOT NULL,
    provisions TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    other_shapes BYTEA,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX restrictions_closed_recorded_in ON restrictions_closed (recorded_in);
CREATE INDEX restrictions_closed_feature_id ON restrictions_closed (feature_id);
CREATE INDEX restrictions_closed_closed_in ON restrictions_closed (closed_in);
COMMENT ON TABLE restrictions_closed IS 'Other public-law restrictions: versions that have ended, in the world or in the register';
COMMENT ON COLUMN restrictions_closed.version IS 'Key of the version';
COMMENT ON COLUMN restrictions_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN restrictions_closed.feature_id IS 'Key of the feature, the same in all its versions and on all planes';
COMMENT ON COLUMN restrictions_closed.layer IS 'Code of the layer';
COMMENT ON COLUMN restrictions_closed.kind IS 'Kind in the legend of the theme';
COMMENT ON COLUMN restrictions_closed.legend_vi IS 'Legend text in Vietnamese';
COMMENT ON COLUMN restrictions_closed.legend_en IS 'Legend text in English';
COMMENT ON COLUMN restrictions_closed.provisions IS 'Legal provisions beyond those of the layer, as a JSON array';
COMMENT ON COLUMN restrictions_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN restrictions_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN restrictions_closed.other_shapes IS 'Exact shapes on further planes the feature reaches into';
COMMENT ON COLUMN restrictions_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN restrictions_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN restrictions_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN restrictions_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN restrictions_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN restrictions_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('restrictions_closed');

CREATE TABLE layers (
    version BIGINT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    theme TEXT NOT NULL,
    title_vi TEXT NOT NULL,
    title_en TEXT NOT NULL,
    coverage BYTEA NOT NULL,
    as_of TEXT NOT NULL,
    accuracy_mm BIGINT NOT NULL,
    law_status TEXT NOT NULL,
    provisions TEXT NOT NULL,
    office_code TEXT NOT NULL,
    office_name_vi TEXT NOT NULL,
    office_name_en TEXT NOT NULL,
    synthetic BOOLEAN NOT NULL,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    closed_in BIGINT
);
CREATE INDEX layers_recorded_in ON layers (recorded_in);
CREATE INDEX layers_closed_in ON layers (closed_in);
COMMENT ON TABLE layers IS 'Heads of the planning layers, all versions';
COMMENT ON COLUMN layers.version IS 'Key of the version';
COMMENT ON COLUMN layers.code IS 'Code of the layer';
COMMENT ON COLUMN layers.theme IS 'What the layer is about';
COMMENT ON COLUMN layers.title_vi IS 'Vietnamese title';
COMMENT ON COLUMN layers.title_en IS 'English title';
COMMENT ON COLUMN layers.coverage IS 'Where the layer speaks: exact areas, one per plane';
COMMENT ON COLUMN layers.as_of IS 'Day up to which the layer is known to be right';
COMMENT ON COLUMN layers.accuracy_mm IS 'Accuracy of its geometry, in millimetres';
COMMENT ON COLUMN layers.law_status IS 'in_force, announced, announced_with_effect or announced_not_carried_out';
COMMENT ON COLUMN layers.provisions IS 'What it rests on, as a JSON array';
COMMENT ON COLUMN layers.office_code IS 'Code of the office that answers for it';
COMMENT ON COLUMN layers.office_name_vi IS 'Vietnamese name of the office';
COMMENT ON COLUMN layers.office_name_en IS 'English name of the office';
COMMENT ON COLUMN layers.synthetic IS 'Whether the data are made up';
COMMENT ON COLUMN layers.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN layers.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN layers.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN layers.closed_in IS 'Revision that closed this in recorded time';
