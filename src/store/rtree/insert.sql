-- Raw, because an R-tree is a virtual table of SQLite alone: boxes in the order given.
INSERT INTO rtree_{table}_geom
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1)
