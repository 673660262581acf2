-- Takes back the hashes: keys stay, equal identities are no longer found.

DROP INDEX person_keys_identity_hash;
ALTER TABLE person_keys DROP COLUMN values_hash;
ALTER TABLE person_keys DROP COLUMN identity_hash;
