"""Compares a GeoParquet file with the items of a collection, and prints what was found, as JSON.

Usage: python3 read_with_pyarrow.py file.parquet items.json
"""

import json
import sys
from collections import defaultdict
from datetime import date

import pyarrow.parquet as pq
import shapely
from shapely.geometry import MultiLineString, MultiPoint, MultiPolygon, shape

path, items = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
file = pq.ParquetFile(path)
geo = json.loads(file.metadata.metadata[b"geo"])
rows = file.read().to_pylist()
MULTI = {"Polygon": MultiPolygon, "LineString": MultiLineString, "Point": MultiPoint}


def multi(geometry):
    """A geometry as one of several parts."""
    return MULTI[geometry.geom_type]([geometry]) if geometry.geom_type in MULTI else geometry


def together(geometries):
    """The parts of a feature, each of which lies on another plane, as one geometry."""
    first = multi(geometries[0])
    return type(first)([part for g in geometries for part in multi(g).geoms])


shapes = defaultdict(list)
boxed = True
for row in rows:
    if row["geometry"] is None:
        boxed &= row["bbox"] is None
        shapes[row["id"]] += []
        continue
    geometry = shapely.from_wkb(row["geometry"])
    box = tuple(row["bbox"][side] for side in ("xmin", "ymin", "xmax", "ymax"))
    boxed &= box == geometry.bounds
    shapes[row["id"]].append(geometry)

unequal = []
for feature in items["features"]:
    own, theirs = shapes.pop(feature["id"], None), feature["geometry"]
    if not own or theirs is None:
        if own is None or own or theirs is not None:
            unequal.append(feature["id"])
        continue
    # Nine decimals of degrees, rounded.
    if not shapely.equals_exact(together(own), multi(shape(theirs)), 1e-9, normalize=True):
        unequal.append(feature["id"])
print(
    json.dumps(
        {
            "rows": len(rows),
            "groups": file.metadata.num_row_groups,
            "columns": file.schema_arrow.names,
            "types": [str(kind) for kind in file.schema_arrow.types],
            "geo": geo,
            "first": {k: str(v) if isinstance(v, date) else v for k, v in rows[0].items() if k != "geometry"}
            if rows
            else None,
            "boxed": boxed,
            "unequal": unequal,
            "beyond": sorted(shapes),
        }
    )
)
