"""Reads a server's parcels with the GDAL that pyogrio brings, and prints what it found, as JSON."""

import json
import struct
import sys

import pyogrio.raw

address = f"OAPIF:{sys.argv[1]}"


def read(layer, **options):
    """Metadata, ids, and the first position of each shape."""
    meta, ids, shapes, _ = pyogrio.raw.read(address, layer=layer, return_fids=True, **options)
    # Byte order, type, number of rings, number of points, then pairs of doubles.
    first = [struct.unpack_from("<dd", shape, 13) for shape in shapes]
    return {"crs": meta["crs"], "ids": [int(i) for i in ids], "first": first}


found = {
    "version": pyogrio.__gdal_version__,
    "layers": [name for name, _ in pyogrio.list_layers(address)],
    "stored": read("parcels"),
    "degrees": read("parcels", CRS="EPSG:4326"),
    "equal": read("parcels", where="registeredArea = 80 AND status = 'inUse'"),
    "more": read("parcels", where="registeredArea > 200"),
    "box": read("parcels", bbox=(603000.5, 1191000.5, 603001, 1191001)),
}
print(json.dumps(found))
