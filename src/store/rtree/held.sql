-- Raw, because an R-tree is a virtual table of SQLite alone: what it holds.
SELECT id, minx AS west, maxx AS east, miny AS south, maxy AS north FROM rtree_{table}_geom
