"""Reads every collection of a server with OWSLib and prints what it found, as JSON."""

import json
import sys

from owslib.ogcapi.features import Features

server = Features(sys.argv[1])
found = {}
for collection in server.feature_collections():
    about = server.collection(collection)
    page = server.collection_items(collection, limit=2)
    ids = [feature["id"] for feature in page["features"]]
    one = server.collection_item(collection, ids[0]) if ids else None
    in_box = server.collection_items(collection, bbox=[107.0, 10.0, 108.0, 11.0])
    asked = next(iter(server.collection_queryables(collection)["properties"]))
    above = server.collection_items(collection, filter=f"{asked} > 1 AND {asked} < 1002")
    found[collection] = {
        "title": about["title"],
        "bbox": about.get("extent", {}).get("spatial", {}).get("bbox"),
        "ids": ids,
        "more": any(link["rel"] == "next" for link in page["links"]),
        "one": one and one["id"],
        "above": [feature["id"] for feature in above["features"]],
        "in_box": [feature["id"] for feature in in_box["features"]],
    }
print(json.dumps(found))
