-- The keys of the parties: one row a person. Destroying a row is the erasure of that person.

CREATE TABLE person_keys (
    party_id INTEGER PRIMARY KEY NOT NULL,
    key BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
