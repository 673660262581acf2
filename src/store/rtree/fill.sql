-- Raw, because the R-tree is a virtual table filled by functions of its rows in one statement.
INSERT INTO rtree_{table}_geom
SELECT version, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom)
FROM {table}
WHERE recorded_in = ? AND NOT ST_IsEmpty(geom)
