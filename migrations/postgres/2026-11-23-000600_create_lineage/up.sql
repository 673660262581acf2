-- Splits and merges.

CREATE TABLE lineage (
    id BIGINT PRIMARY KEY NOT NULL,
    predecessor BIGINT NOT NULL,
    successor BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    recorded_in BIGINT NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX lineage_recorded_in ON lineage (recorded_in);
CREATE INDEX lineage_predecessor ON lineage (predecessor);
CREATE INDEX lineage_successor ON lineage (successor);
COMMENT ON TABLE lineage IS 'Which parcel came out of which';
COMMENT ON COLUMN lineage.id IS 'Key of the edge';
COMMENT ON COLUMN lineage.predecessor IS 'Parcel before';
COMMENT ON COLUMN lineage.successor IS 'Parcel after';
COMMENT ON COLUMN lineage.kind IS 'split, merge or adjustment';
COMMENT ON COLUMN lineage.day IS 'First day of the successor';
COMMENT ON COLUMN lineage.recorded_in IS 'Revision that recorded this';
