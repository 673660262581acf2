#!/usr/bin/env python3
"""Measures when an edit is seen: from the commit to the look-up, the feature and the tile.

Usage: edit.py DIACHINH [parcels ...]     (default 43000)

Every size gets a demo city, kept under var/bench for the next run; edits are made in a copy.
Another process imports one parcel with a vertex that moved 0.3 m inwards, as an office does. One
thread asks the store for its newest revision and three ask the server, each on a connection of its
own, all once a millisecond or two; what is told is the time from the first sight of the revision
in the store to the first answer with the change, ROUNDS (20) edits. Prints Markdown for
benches/README.md: median and greatest.
"""

import http.client
import json
import math
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from served import HERE, Server, timed

KEPT = HERE.parent / "var" / "bench"
ROUNDS = int(os.environ.get("ROUNDS", "20"))
PLANE = "http://www.opengis.net/def/crs/EPSG/0/9210"
ZOOM = 18


def tile_of(lon, lat):
    size = 1 << ZOOM
    y = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return f"/tiles/parcels/{ZOOM}/{int((lon + 180) / 360 * size)}/{int(y * size)}"


def moved(feature):
    """The parcel with a new vertex in the middle of its first side, 0.3 m inwards; none when it is
    bent, has holes or lies on another plane."""
    properties, (ring, *holes) = feature["properties"], feature["geometry"]["coordinates"]
    if feature["geometry"]["type"] != "Polygon" or holes or len(ring) != 5:
        return None
    if properties["plane"]["epsg"] != 9210 or not properties["landUse"]:
        return None
    (ax, ay), (bx, by) = ring[0], ring[1]
    length = math.hypot(bx - ax, by - ay)
    # Rings run against the clock, so the inside is to the left.
    middle = [(ax + bx) / 2 - (by - ay) / length * 0.3, (ay + by) / 2 + (bx - ax) / length * 0.3]
    key = properties["asMap"]
    return {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}},
        "features": [{
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[ring[0], middle, *ring[1:]]]},
            "properties": {
                "commune": key["commune"]["code"], "sheet": key["sheet"], "number": key["number"],
                "ward": properties["ward"]["code"], "land_use": properties["landUse"][0]["code"],
                "registered_area_m2": properties["registeredArea"],
                "scale": properties["scale"], "plane": 9210,
            },
        }],
    }


class Watch(threading.Thread):
    """Looks until something has changed, and keeps when."""

    def __init__(self, look):
        super().__init__(daemon=True)
        self.look, self.at = look, None

    def run(self):
        began = time.monotonic()
        while time.monotonic() - began < 120:
            if self.look():
                self.at = time.monotonic()
                return
            time.sleep(0.001)


def revision_after(store, number):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True, check_same_thread=False)
    newest = "SELECT max(number) FROM revisions"
    return lambda: connection.execute(newest).fetchone()[0] > number


def answer_after(server, path, tag):
    """Whether the answer is no longer the one with this tag."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))

    def look():
        connection.request("GET", path, headers={"If-None-Match": tag})
        answer = connection.getresponse()
        answer.read()
        return answer.status == 200
    return look


def tag_of(server, path):
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, f"{path}: {answer.status}"
    return answer.headers["ETag"]


def edits(program, store, server, greatest, folder):
    chosen, seen = random.Random(11), []
    while len(seen) < ROUNDS:
        one = chosen.randint(1, greatest)
        item = f"/collections/parcels/items/{one}"
        try:
            feature = json.loads(server.get(f"{item}?crs={PLANE}"))
            lon, lat = json.loads(server.get(item))["geometry"]["coordinates"][0][0]
        except OSError:
            continue  # no such parcel today
        except (TypeError, ValueError):
            continue  # several polygons
        changed = moved(feature)
        if changed is None:
            continue
        file = folder / "edit.geojson"
        file.write_text(json.dumps(changed))
        key = feature["properties"]["asMap"]
        lookup = (f"/v1/parcels/lookup?ward={key['commune']['code']}"
                  f"&sheet={key['sheet']}&number={key['number']}")
        paths = [lookup, item, tile_of(lon, lat)]
        connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        (before,) = connection.execute("SELECT max(number) FROM revisions").fetchone()
        connection.close()
        watches = [Watch(revision_after(store, before))]
        watches += [Watch(answer_after(server, path, tag_of(server, path))) for path in paths]
        for watch in watches:
            watch.start()
        report = folder / "report.json"
        code = subprocess.run(
            [program, "import", str(file), "--store", str(store), "--dataset", "demo",
             "--supplement", "--report", str(report)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        assert code == 0, report.read_text()
        for watch in watches:
            watch.join()
        committed, *answers = [watch.at for watch in watches]
        seen.append([(at - committed) * 1000 for at in answers])
    return seen


def main():
    program = str(Path(sys.argv[1]).resolve())
    KEPT.mkdir(parents=True, exist_ok=True)
    print("| parcels | look-up | feature | tile, z18 |\n| --- | --- | --- | --- |")
    for size in [int(a) for a in sys.argv[2:]] or [43_000]:
        kept = KEPT / f"demo-{size}.gpkg"
        if not kept.exists():
            timed([program, "demo", "--parcels", str(size)],
                  env={**os.environ, "DIACHINH_STORE__URL": str(kept)})
        with tempfile.TemporaryDirectory(dir=KEPT) as folder:
            store = Path(folder) / kept.name
            shutil.copy(kept, store)
            shutil.copy(f"{kept}-keys", f"{store}-keys")
            with Server(program, store, "", APP__TILE_FOLDER="") as server:
                seen = edits(program, store, server, size, Path(folder))
        told = [f"{statistics.median(s[i] for s in seen):.0f}, {max(s[i] for s in seen):.0f} ms"
                for i in range(3)]
        print(f"| {size:,} | " + " | ".join(told) + " |", flush=True)


if __name__ == "__main__":
    main()
