"""Decodes tiles with mapbox-vector-tile and judges their shapes with shapely.

Reads paths of files, one a line; writes for each, in the same order, one line of JSON: the layers,
and in each its features with id, properties, GeoJSON geometry on the tile's grid, area and whether
shapely calls it valid.
"""

import json
import sys

import mapbox_vector_tile
from shapely.geometry import shape
from shapely.validation import explain_validity


def judged(feature):
    geometry = shape(feature["geometry"])
    why = explain_validity(geometry)
    return {
        "id": feature.get("id"),
        "properties": feature["properties"],
        "geometry": feature["geometry"],
        "area": geometry.area,
        "defect": None if why == "Valid Geometry" else why,
    }


for line in sys.stdin:
    with open(line.rstrip("\n"), "rb") as file:
        tile = mapbox_vector_tile.decode(
            file.read(), default_options={"y_coord_down": True}
        )
    layers = {
        name: {
            "extent": layer["extent"],
            "version": layer["version"],
            "features": [judged(feature) for feature in layer["features"]],
        }
        for name, layer in tile.items()
    }
    print(json.dumps(layers))
