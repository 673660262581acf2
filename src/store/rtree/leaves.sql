-- Raw, because the shadow tables of an R-tree are SQLite's own: in which leaf each row stands.
INSERT INTO rtree_{table}_geom_rowid (rowid, nodeno)
SELECT CAST(key AS INTEGER), value FROM json_each(?1)
