#!/usr/bin/env python3
"""Measures what lies on a parcel beside PostGIS: the same shapes, the same questions, in turns.

Usage: overlay_peers.py DIACHINH

The parcels and planning features of a demo city of PARCELS (50 000) that hold today are loaded
into a PostgreSQL server with PostGIS: the exact shapes on their own planes (EPSG 9210 and 5899),
with indexes, in their order, analysed. A prepared statement gives for each theme every restriction
on a parcel (features of one layer that say the same), with the area that they take together, its
share and its outline, the length inside for lines, the count for points. Ours is `/v1/parcels/{id}/extract`,
which says these and also what no layer can tell, the streets and all words. First the answers for
SAMPLES (2 000) parcels are compared, then they are asked for in turns, ROUNDS times: one client,
ours over HTTP on a connection that stays, PostGIS over a local socket. Processor time is that of
our server and of the one process that answers for PostgreSQL. Prints Markdown for
benches/README.md.
"""

import http.client
import io
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg2

from database import Database
from exact_shapes import all_decoded, decoded
from served import HERE, ROUNDS, Server, timed, tree_processor_s

PARCELS = int(os.environ.get("PARCELS", "50000"))
SAMPLES = int(os.environ.get("SAMPLES", "2000"))
KEPT = HERE.parent / "var" / "bench"
PLANES = [9210, 5899]
COLLECTIONS = ["zones", "roads", "corridors", "restrictions"]
# What two features may differ in and still say the same.
OF_ONE = {"version", "geom", "feature_id", "source_key", "plane", "shape", "other_shapes", "valid_from",
          "valid_to", "recorded_from", "recorded_to", "recorded_in", "closed_in"}
# What areas may differ by, in m², without being told.
ALIKE_M2 = 0.01
# Ours has its vertices on whole millimetres: how far one may lie from its place.
ROUNDED_M = 0.5 ** 0.5 / 1000

TABLES = """
CREATE TABLE parcels_{0} (id BIGINT PRIMARY KEY, geom geometry(MultiPolygon, {0}));
CREATE TABLE features_{0} (restriction INTEGER NOT NULL, theme TEXT NOT NULL,
    dimension INTEGER NOT NULL, geom geometry(Geometry, {0}));
"""
INDEXES = """
CREATE INDEX parcels_{0}_geom ON parcels_{0} USING gist (geom);
CREATE INDEX features_{0}_geom ON features_{0} USING gist (geom);
CLUSTER parcels_{0} USING parcels_{0}_geom;
CLUSTER features_{0} USING features_{0}_geom;
VACUUM ANALYZE parcels_{0};
VACUUM ANALYZE features_{0};
"""
# A feature that covers the parcel takes all of it and is not cut; neither is a point.
QUESTION = """
PREPARE on_{0} (bigint) AS
WITH lot AS MATERIALIZED (
    SELECT geom, ST_Area(geom) AS m2 FROM parcels_{0} WHERE id = $1
), met AS (
    SELECT f.theme, f.restriction, f.dimension, lot.geom AS lot, lot.m2,
        CASE WHEN f.dimension = 0 THEN f.geom
            WHEN f.dimension = 2 AND ST_Covers(f.geom, lot.geom) THEN lot.geom
            ELSE ST_CollectionExtract(ST_Intersection(f.geom, lot.geom), f.dimension + 1)
        END AS part
    FROM lot JOIN features_{0} f ON ST_Intersects(f.geom, lot.geom)
), whole AS (
    SELECT theme, restriction, dimension, lot, m2,
        CASE WHEN count(*) = 1 THEN (array_agg(part))[1] ELSE ST_Union(part) END AS part
    FROM met GROUP BY theme, restriction, dimension, lot, m2
)
SELECT theme, restriction, dimension, m2,
    CASE dimension WHEN 2 THEN ST_Area(part)
        WHEN 1 THEN ST_Length(ST_Difference(part, ST_Boundary(lot)))
        ELSE (SELECT count(*) FROM (SELECT DISTINCT p.geom FROM ST_Dump(part) p
            WHERE ST_Contains(lot, p.geom)) AS inside)
    END AS much,
    CASE dimension WHEN 2 THEN 100 * ST_Area(part) / m2 END AS percent,
    CASE dimension WHEN 2 THEN ST_Perimeter(part) END AS outline_m
FROM whole ORDER BY theme, restriction
"""


class Loaded:
    """The same shapes in PostGIS, and which features are one restriction."""

    def __init__(self, store, database, date):
        self.register = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        self.register.row_factory = sqlite3.Row
        self.date = date
        self.planes = {}
        self.numbers = {}
        self.features = Counter()
        database.sql("postgres", "CREATE DATABASE shapes;")
        database.sql("shapes", "CREATE EXTENSION postgis;")
        self.connection = psycopg2.connect(database.url("shapes"))
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        for plane in PLANES:
            self.cursor.execute(TABLES.format(plane))
        self.load_parcels()
        self.load_features()
        for plane in PLANES:
            for statement in INDEXES.format(plane).split(";\n"):
                if statement.strip():
                    self.cursor.execute(statement)
        # Small questions: what is compiled or divided among processes takes longer than it saves.
        self.cursor.execute("SET jit = off; SET max_parallel_workers_per_gather = 0;")
        for plane in PLANES:
            self.cursor.execute(QUESTION.format(plane))
        (self.process,) = self.asked("SELECT pg_backend_pid()")[0]

    def asked(self, statement):
        self.cursor.execute(statement)
        return self.cursor.fetchall()

    def of_today(self, table, columns="*"):
        held = "valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1) AND recorded_to IS NULL"
        return self.register.execute(f"SELECT {columns} FROM {table} WHERE {held}", [self.date])

    def copy(self, table, rows):
        text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
        self.cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(text))

    def load_parcels(self):
        rows = {plane: [] for plane in PLANES}
        for identifier, shape in self.of_today("parcels", "parcel_id, shape"):
            plane, _, wkb = decoded(shape)
            assert identifier not in self.planes
            self.planes[identifier] = plane
            rows[plane].append((identifier, hex_with(plane, wkb)))
        for plane in PLANES:
            self.copy(f"parcels_{plane}", rows[plane])

    def load_features(self):
        themes = dict(map(tuple, self.register.execute(
            "SELECT code, theme FROM layers WHERE recorded_to IS NULL")))
        rows = {plane: [] for plane in PLANES}
        restrictions = {}
        for collection in COLLECTIONS:
            for row in self.of_today(collection):
                said = [row[name] for name in row.keys() if name not in OF_ONE]
                for plane, dimension, wkb in all_decoded(row["shape"], row["other_shapes"]):
                    alike = (collection, dimension, *said)
                    number = restrictions.setdefault(alike, len(restrictions))
                    self.numbers[row["layer"], row["feature_id"], dimension] = number
                    rows[plane].append(
                        (number, themes[row["layer"]], dimension, hex_with(plane, wkb)))
                self.features[collection] += 1
        for plane in PLANES:
            self.copy(f"features_{plane}", rows[plane])
            self.features[plane] = len(rows[plane])

    def on(self, parcel):
        """What PostGIS says of a parcel."""
        return self.asked(f"EXECUTE on_{self.planes[parcel]}({parcel})")


def hex_with(plane, wkb):
    """WKB with the code of its plane, as PostGIS reads it."""
    kind = int.from_bytes(wkb[1:5], "little") | 0x20000000
    return (wkb[:1] + kind.to_bytes(4, "little") + plane.to_bytes(4, "little") + wkb[5:]).hex()


class Ours:
    def __init__(self, server):
        self.process = server.process.pid
        self.connection = http.client.HTTPConnection(server.url.removeprefix("http://"))

    def answer(self, parcel):
        self.connection.request("GET", f"/v1/parcels/{parcel}/extract")
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{parcel}: {answer.status}"
        return body


def our_restrictions(answer, loaded):
    """What ours says, by the number of the restriction: theme, dimension, how much, per cent."""
    found = {}
    for theme in answer["themes"]:
        for one in theme["restrictions"] + theme["contacts"]:
            if "share" in one:
                what = 2, float(one["share"]["m2"]), float(one["share"]["percentOfMeasured"])
            elif "lengthMm" in one:
                what = 1, one["lengthMm"] / 1000, None
            else:
                what = 0, one["count"], None
            number = loaded.numbers[one["layer"], one["features"][0], what[0]]
            assert number not in found
            found[number] = theme["code"], *what
    return found


def compared(ours, loaded, parcels):
    """Both answers for every parcel: how many are alike, and what is otherwise, each explained."""
    counts, greatest_m2 = Counter(), 0.0
    for parcel in parcels:
        own = our_restrictions(json.loads(ours.answer(parcel)), loaded)
        rows = {row[1]: row for row in loaded.on(parcel)}
        assert own.keys() <= rows.keys(), f"{parcel}: PostGIS lacks something"
        for number, (theme, _, dimension, _, much, percent, outline_m) in rows.items():
            rounded = ROUNDED_M * outline_m if dimension == 2 else 0.002
            if number not in own:
                # What only touches, and what is narrower than the grid.
                assert much <= rounded, f"{parcel}: ours lacks {much} of {theme}"
                counts["touch" if much == 0 else "narrower than the grid, told by PostGIS alone"] += 1
                continue
            assert own[number][:2] == (theme, dimension)
            difference = abs(own[number][2] - float(much))
            assert difference <= max(rounded, 0.0001), f"{parcel}: {own[number]}, {much} of {theme}"
            if dimension == 2:
                greatest_m2 = max(greatest_m2, difference)
                assert abs(own[number][3] - percent) <= 0.006 + 100 * difference / rows[number][3]
            alike = difference <= (ALIKE_M2 if dimension == 2 else rounded)
            kind = ["points", "lines", "areas"][dimension]
            counts[f"{kind} {'alike' if alike else 'that differ as rounding may'}"] += 1
    return counts, greatest_m2


def turn(ask, process, parcels):
    """Milliseconds of each question, and of processor time each."""
    before, spent = tree_processor_s(process), []
    for parcel in parcels:
        began = time.perf_counter()
        ask(parcel)
        spent.append((time.perf_counter() - began) * 1000)
    return spent, (tree_processor_s(process) - before) * 1000 / len(parcels)


def main():
    (program,) = [Path(argument).resolve() for argument in sys.argv[1:]]
    KEPT.mkdir(parents=True, exist_ok=True)
    store = KEPT / f"demo-{PARCELS}.gpkg"
    if not store.exists():
        timed([program, "demo", "--parcels", str(PARCELS)],
              env={**os.environ, "DIACHINH_STORE__URL": str(store)})
    with Database() as database, tempfile.TemporaryDirectory() as snapshots, \
            Server(program, store, snapshots) as server:
        first = json.loads(server.get("/v1/parcels/1/extract"))
        loaded, ours = Loaded(store, database, first["date"]), Ours(server)
        parcels = random.Random(7).sample(sorted(loaded.planes), SAMPLES)
        counts, greatest_m2 = compared(ours, loaded, parcels)
        print(f"{len(loaded.planes):,} parcels, features: {dict(loaded.features)}; "
              f"{SAMPLES:,} parcels compared.")
        for what, count in sorted(counts.items()):
            print(f"* {what}: {count:,}")
        print(f"* greatest difference of areas: {greatest_m2:.4f} m²")
        turns = {"ours": [], "PostGIS": []}
        for _ in range(ROUNDS):
            turns["ours"].append(turn(ours.answer, ours.process, parcels))
            turns["PostGIS"].append(turn(loaded.on, loaded.process, parcels))
        print("\n| | p50 | p99 | processor time of the server each |\n" + "| --- " * 4 + "|")
        for name, all_turns in turns.items():
            p50, p99 = (statistics.median(statistics.quantiles(spent, n=100)[at]
                                          for spent, _ in all_turns) for at in (49, 98))
            each = statistics.median(processor for _, processor in all_turns)
            print(f"| {name} | {p50:.3f} ms | {p99:.3f} ms | {each:.3f} ms |")


if __name__ == "__main__":
    main()
