-- Takes back: parcels of units as rows, keys of rights, the secret of identities.

DELETE FROM schema_comments WHERE table_name = 'identity_secret';
DROP TABLE identity_secret;

DELETE FROM schema_comments WHERE table_name = 'rrrs' AND column_name = 'rrr_id';
DROP INDEX rrrs_rrr_id;
ALTER TABLE rrrs DROP COLUMN rrr_id;

DROP INDEX ba_units_certificate_serial;
ALTER TABLE ba_units ADD COLUMN parcels TEXT NOT NULL DEFAULT '[]';
UPDATE ba_units SET parcels = (
    SELECT json_group_array(parcel_id) FROM ba_unit_parcels p WHERE p.version = ba_units.version
);
INSERT INTO schema_comments VALUES
    ('ba_units', 'parcels', 'Ids of its parcels, as a JSON array');
DELETE FROM schema_comments WHERE table_name = 'ba_unit_parcels';
DROP TABLE ba_unit_parcels;
