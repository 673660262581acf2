-- Raw, because the shadow tables of an R-tree are SQLite's own: below which node each node stands.
INSERT INTO rtree_{table}_geom_parent (nodeno, parentnode)
SELECT CAST(key AS INTEGER), value FROM json_each(?1)
