-- Parcels: open versions and closed ones.

CREATE TABLE parcels (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    parcel_id BIGINT NOT NULL,
    national_identifier TEXT,
    ward TEXT NOT NULL,
    map_commune TEXT NOT NULL,
    map_sheet TEXT NOT NULL,
    map_number TEXT NOT NULL,
    certificate_commune TEXT,
    certificate_sheet TEXT,
    certificate_number TEXT,
    registered_area_m2 DOUBLE PRECISION,
    measured_area_m2 DOUBLE PRECISION NOT NULL,
    scale BIGINT NOT NULL,
    status TEXT NOT NULL,
    land_use TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX parcels_parcel_id ON parcels (parcel_id);
CREATE INDEX parcels_recorded_in ON parcels (recorded_in);
COMMENT ON TABLE parcels IS 'Parcels: the versions that are the current knowledge and still hold';
COMMENT ON COLUMN parcels.version IS 'Key of the version';
COMMENT ON COLUMN parcels.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN parcels.parcel_id IS 'Surrogate key of the parcel, the same in all its versions';
COMMENT ON COLUMN parcels.national_identifier IS 'National parcel identifier, opaque';
COMMENT ON COLUMN parcels.ward IS 'Code of the ward in which it lies, of the units in force while this version is valid';
COMMENT ON COLUMN parcels.map_commune IS 'Key on the cadastral map: commune in whose series the sheet is numbered';
COMMENT ON COLUMN parcels.map_sheet IS 'Key on the cadastral map: sheet';
COMMENT ON COLUMN parcels.map_number IS 'Key on the cadastral map: parcel number within the sheet';
COMMENT ON COLUMN parcels.certificate_commune IS 'Key on the certificate: commune';
COMMENT ON COLUMN parcels.certificate_sheet IS 'Key on the certificate: sheet';
COMMENT ON COLUMN parcels.certificate_number IS 'Key on the certificate: parcel number';
COMMENT ON COLUMN parcels.registered_area_m2 IS 'Area as registered, in square metres with two decimals';
COMMENT ON COLUMN parcels.measured_area_m2 IS 'Area of the exact shape on its own plane, in square metres';
COMMENT ON COLUMN parcels.scale IS 'Denominator of the scale of the survey';
COMMENT ON COLUMN parcels.status IS 'in_use, recovered or disputed';
COMMENT ON COLUMN parcels.land_use IS 'Land-use lines as a JSON array, first line first';
COMMENT ON COLUMN parcels.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN parcels.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN parcels.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN parcels.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN parcels.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN parcels.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN parcels.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN parcels.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('parcels');

CREATE TABLE parcels_closed (
    version BIGINT PRIMARY KEY NOT NULL,
    geom BYTEA NOT NULL,
    parcel_id BIGINT NOT NULL,
    national_identifier TEXT,
    ward TEXT NOT NULL,
    map_commune TEXT NOT NULL,
    map_sheet TEXT NOT NULL,
    map_number TEXT NOT NULL,
    certificate_commune TEXT,
    certificate_sheet TEXT,
    certificate_number TEXT,
    registered_area_m2 DOUBLE PRECISION,
    measured_area_m2 DOUBLE PRECISION NOT NULL,
    scale BIGINT NOT NULL,
    status TEXT NOT NULL,
    land_use TEXT NOT NULL,
    plane BIGINT NOT NULL,
    shape BYTEA NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    recorded_from BIGINT NOT NULL,
    recorded_to BIGINT,
    recorded_in BIGINT NOT NULL,
    closed_in BIGINT
);
CREATE INDEX parcels_closed_parcel_id ON parcels_closed (parcel_id);
CREATE INDEX parcels_closed_recorded_in ON parcels_closed (recorded_in);
CREATE INDEX parcels_closed_closed_in ON parcels_closed (closed_in);
COMMENT ON TABLE parcels_closed IS 'Parcels: versions that have ended, in the world or in the register';
COMMENT ON COLUMN parcels_closed.version IS 'Key of the version';
COMMENT ON COLUMN parcels_closed.geom IS 'Display geometry in EPSG:4756, derived from the shape; never measured';
COMMENT ON COLUMN parcels_closed.parcel_id IS 'Surrogate key of the parcel, the same in all its versions';
COMMENT ON COLUMN parcels_closed.national_identifier IS 'National parcel identifier, opaque';
COMMENT ON COLUMN parcels_closed.ward IS 'Code of the ward in which it lies, of the units in force while this version is valid';
COMMENT ON COLUMN parcels_closed.map_commune IS 'Key on the cadastral map: commune in whose series the sheet is numbered';
COMMENT ON COLUMN parcels_closed.map_sheet IS 'Key on the cadastral map: sheet';
COMMENT ON COLUMN parcels_closed.map_number IS 'Key on the cadastral map: parcel number within the sheet';
COMMENT ON COLUMN parcels_closed.certificate_commune IS 'Key on the certificate: commune';
COMMENT ON COLUMN parcels_closed.certificate_sheet IS 'Key on the certificate: sheet';
COMMENT ON COLUMN parcels_closed.certificate_number IS 'Key on the certificate: parcel number';
COMMENT ON COLUMN parcels_closed.registered_area_m2 IS 'Area as registered, in square metres with two decimals';
COMMENT ON COLUMN parcels_closed.measured_area_m2 IS 'Area of the exact shape on its own plane, in square metres';
COMMENT ON COLUMN parcels_closed.scale IS 'Denominator of the scale of the survey';
COMMENT ON COLUMN parcels_closed.status IS 'in_use, recovered or disputed';
COMMENT ON COLUMN parcels_closed.land_use IS 'Land-use lines as a JSON array, first line first';
COMMENT ON COLUMN parcels_closed.plane IS 'EPSG code of the plane in which the shape is exact';
COMMENT ON COLUMN parcels_closed.shape IS 'Exact shape on the millimetre grid of its plane; the only geometry that is measured';
COMMENT ON COLUMN parcels_closed.valid_from IS 'First day on which this held, in civil days of Vietnam';
COMMENT ON COLUMN parcels_closed.valid_to IS 'First day on which it no longer held; empty while it holds';
COMMENT ON COLUMN parcels_closed.recorded_from IS 'When the register began to hold this, in microseconds since 1970-01-01 UTC';
COMMENT ON COLUMN parcels_closed.recorded_to IS 'When the register stopped to hold this; empty while it is the current knowledge';
COMMENT ON COLUMN parcels_closed.recorded_in IS 'Revision that recorded this';
COMMENT ON COLUMN parcels_closed.closed_in IS 'Revision that closed this in recorded time';
SELECT diachinh_add_display('parcels_closed');
