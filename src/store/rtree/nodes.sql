-- Raw, because the shadow tables of an R-tree are SQLite's own: nodes that follow each other in
-- number, cut out of their bytes one after the other.
INSERT INTO rtree_{table}_geom_node (nodeno, data)
SELECT ?1 + value, substr(?2, 1 + value * ?3, ?3) FROM json_each(?4)
