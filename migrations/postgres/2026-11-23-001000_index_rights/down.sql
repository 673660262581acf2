-- Takes back: parcels of units as rows, keys of rights, the secret of identities.

DROP TABLE identity_secret;
DROP INDEX rrrs_rrr_id;
ALTER TABLE rrrs DROP COLUMN rrr_id;
DROP INDEX ba_units_certificate_serial;
ALTER TABLE ba_units ADD COLUMN parcels TEXT NOT NULL DEFAULT '[]';
UPDATE ba_units SET parcels = (
    SELECT coalesce(json_agg(parcel_id ORDER BY parcel_id), '[]'::json)::text
    FROM ba_unit_parcels p WHERE p.version = ba_units.version
);
ALTER TABLE ba_units ALTER COLUMN parcels DROP DEFAULT;
COMMENT ON COLUMN ba_units.parcels IS 'Ids of its parcels, as a JSON array';
DROP TABLE ba_unit_parcels;
