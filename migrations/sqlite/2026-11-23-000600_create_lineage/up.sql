-- Splits and merges.
-- Column types are those of GeoPackage 1.2, in capitals; comments are kept in schema_comments.

CREATE TABLE lineage (
    id INTEGER PRIMARY KEY NOT NULL,
    predecessor INTEGER NOT NULL,
    successor INTEGER NOT NULL,
    kind TEXT NOT NULL,
    day DATE NOT NULL,
    recorded_in INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX lineage_recorded_in ON lineage (recorded_in);
CREATE INDEX lineage_predecessor ON lineage (predecessor);
CREATE INDEX lineage_successor ON lineage (successor);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('lineage', 'attributes', 'lineage', 'Which parcel came out of which', NULL);
INSERT INTO schema_comments VALUES
    ('lineage', '', 'Which parcel came out of which'),
    ('lineage', 'id', 'Key of the edge'),
    ('lineage', 'predecessor', 'Parcel before'),
    ('lineage', 'successor', 'Parcel after'),
    ('lineage', 'kind', 'split, merge or adjustment'),
    ('lineage', 'day', 'First day of the successor'),
    ('lineage', 'recorded_in', 'Revision that recorded this');
