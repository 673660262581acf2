-- Wards with their borders, and the crosswalk.

CREATE TABLE wards (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX wards_recorded_in ON wards (recorded_in);
CREATE INDEX wards_code ON wards (code);
COMMENT ON TABLE wards IS 'Wards: current versions';
COMMENT ON COLUMN wards.version IS 'Key of the version';
COMMENT ON COLUMN wards.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN wards.code IS 'Code of five digits; a new unit keeps the code of one predecessor';
COMMENT ON COLUMN wards.name IS 'Name without its kind';
COMMENT ON COLUMN wards.kind IS 'ward, commune, special_zone or township';
COMMENT ON COLUMN wards.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN wards.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN wards.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN wards.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN wards.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN wards.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN wards.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN wards.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('wards');

CREATE TABLE wards_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX wards_closed_recorded_in ON wards_closed (recorded_in);
CREATE INDEX wards_closed_code ON wards_closed (code);
CREATE INDEX wards_closed_closed_in ON wards_closed (closed_in);
COMMENT ON TABLE wards_closed IS 'Wards: versions that have ended, in the world or in the register';
COMMENT ON COLUMN wards_closed.version IS 'Key of the version';
COMMENT ON COLUMN wards_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN wards_closed.code IS 'Code of five digits; a new unit keeps the code of one predecessor';
COMMENT ON COLUMN wards_closed.name IS 'Name without its kind';
COMMENT ON COLUMN wards_closed.kind IS 'ward, commune, special_zone or township';
COMMENT ON COLUMN wards_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN wards_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN wards_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN wards_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN wards_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN wards_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN wards_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN wards_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('wards_closed');

CREATE TABLE ward_successions (
    id BIGINT PRIMARY KEY NOT NULL,
    former_code TEXT,
    former_name TEXT NOT NULL,
    former_district TEXT NOT NULL,
    former_province TEXT NOT NULL,
    split BOOLEAN NOT NULL,
    ward TEXT NOT NULL,
    day TEXT NOT NULL,
    recorded_in BIGINT NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX ward_successions_recorded_in ON ward_successions (recorded_in);
COMMENT ON TABLE ward_successions IS 'Which former ward became which ward of today';
COMMENT ON COLUMN ward_successions.id IS 'Key of the row';
COMMENT ON COLUMN ward_successions.former_code IS 'Code of the former unit, when the table gives one';
COMMENT ON COLUMN ward_successions.former_name IS 'Full name of the former unit with its kind';
COMMENT ON COLUMN ward_successions.former_district IS 'District in which it lay';
COMMENT ON COLUMN ward_successions.former_province IS 'Province in which it lay';
COMMENT ON COLUMN ward_successions.split IS 'Whether it was cut between several new units';
COMMENT ON COLUMN ward_successions.ward IS 'Code of the new unit';
COMMENT ON COLUMN ward_successions.day IS 'First day of the new unit';
COMMENT ON COLUMN ward_successions.recorded_in IS 'Revision that recorded this';
