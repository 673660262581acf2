-- The keys of the parties: one row a person. Destroying a row is the erasure of that person.

CREATE TABLE person_keys (
    party_id BIGINT PRIMARY KEY NOT NULL,
    key BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
COMMENT ON TABLE person_keys IS 'Keys of the personal values of parties, one a person';
COMMENT ON COLUMN person_keys.party_id IS 'Party';
COMMENT ON COLUMN person_keys.key IS 'Key of 32 bytes; destroying it is the erasure';
COMMENT ON COLUMN person_keys.created_at IS 'When it was made, in microseconds since 1970-01-01 UTC';
