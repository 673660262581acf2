"""Reads a server's parcels with the GDAL that pyogrio brings, and prints what it found, as JSON."""

import json
import math
import struct
import sys

import pyogrio.raw
import shapely

address = f"OAPIF:{sys.argv[1]}"


def read(layer, **options):
    """Metadata, ids, and the first position of each shape."""
    meta, ids, shapes, _ = pyogrio.raw.read(address, layer=layer, return_fids=True, **options)
    # Byte order, type, number of rings, number of points, then pairs of doubles.
    first = [struct.unpack_from("<dd", shape, 13) for shape in shapes]
    return {"crs": meta["crs"], "ids": [int(i) for i in ids], "first": first}


def read_tiles(layer, degrees):
    """The keys of parcels in the tiles of OGC API Tiles around a position, and their system."""
    radius = 6378137
    x = radius * math.radians(degrees[0])
    y = radius * math.log(math.tan(math.pi / 4 + math.radians(degrees[1]) / 2))
    # The driver wants a box in the system of the tiles; without one it takes the degrees of the
    # collection's extent for metres.
    box = {"MINX": x - 20, "MINY": y - 20, "MAXX": x + 20, "MAXY": y + 20}
    address = f"OGCAPI:{sys.argv[1]}/collections/parcels"
    meta, _, shapes, fields = pyogrio.raw.read(address, layer=layer, API="TILES", **box)
    keys = fields[list(meta["fields"]).index("mvt_id")]
    return {"crs": meta["crs"], "ids": sorted({int(key) for key in keys}), "shapes": len(shapes)}


def read_office_tiles(layer, corner):
    """The same in the system of the land office; and how far its nearest vertex is from a corner."""
    x, y = corner
    box = {"MINX": x - 5, "MINY": y - 5, "MAXX": x + 5, "MAXY": y + 5}
    address = f"OGCAPI:{sys.argv[1]}/collections/parcels"
    asked = {"API": "TILES", "TILEMATRIXSET": "VN2000TM3Quad", **box}
    meta, _, shapes, fields = pyogrio.raw.read(address, layer=layer, **asked)
    keys = fields[list(meta["fields"]).index("mvt_id")]
    vertices = shapely.get_coordinates(shapely.from_wkb(shapes))
    off = min(math.dist(corner, vertex) for vertex in vertices)
    return {"crs": meta["crs"], "ids": sorted({int(key) for key in keys}), "off": off}


degrees = read("parcels", CRS="EPSG:4326")
stored = read("parcels")
found = {
    "version": pyogrio.__gdal_version__,
    "layers": [name for name, _ in pyogrio.list_layers(address)],
    "stored": stored,
    "degrees": degrees,
    "tiles": read_tiles("Zoom level 16", degrees["first"][0]),
    "office": read_office_tiles("Zoom level 14", stored["first"][0]),
    "equal": read("parcels", where="registeredArea = 80 AND status = 'inUse'"),
    "more": read("parcels", where="registeredArea > 200"),
    "box": read("parcels", bbox=(603000.5, 1191000.5, 603001, 1191001)),
}
print(json.dumps(found))
