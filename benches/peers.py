#!/usr/bin/env python3
"""Measures tiles beside martin and features beside tipg, over the same parcels in one run.

Usage: peers.py DIACHINH PYTHON MARTIN...
PYTHON is the folder of the Python that has tipg; each MARTIN ends in `martin-VERSION` and has bin/martin.

A demo city of PARCELS (200 000) is stored in a PostgreSQL server with PostGIS. Ours serves that
register; martin and tipg read a table of its parcels of today, made once in Web Mercator, in
VN-2000 and in degrees, indexed, in the order of the index, analysed. Cold means that a server may
keep no tile (pages of the database are warm); warm, that every tile was asked once before. Load
comes from wrk on the same machine; the answers are decoded and their features counted first.
Prints Markdown for benches/README.md. ROUNDS, SECONDS, PARCELS, CLIENTS ("1 4 32") and ZOOMS in
the environment change the run.
"""

import gzip
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import mapbox_vector_tile

from database import Database, memory
from served import ROUNDS, Server, timed, wrk

PARCELS = int(os.environ.get("PARCELS", "200000"))
CLIENTS = [int(c) for c in os.environ.get("CLIENTS", "1 4 32").split()]
ZOOMS = [int(z) for z in os.environ.get("ZOOMS", "15 16 17 18").split()]
TILES = 60
FEATURES = [min(count, PARCELS) for count in (10, 1_000, 100_000)]
MEBIBYTE = 1 << 20

# The official way to WGS 84, EPSG:6960, which PostGIS does not choose by itself; PROJ's `towgs84`
# counts rotations the other way round.
DATUM = ("+ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,"
         "0.00928836,-0.01975479,0.00427372,0.252906278 +no_defs")
VN_2000 = 904756
TABLES = f"""
CREATE EXTENSION postgis;
-- Debian's PostGIS does not list the city's plane. A way that has no number is made anew for
-- every row, so VN-2000 by the official way has one too.
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, proj4text) VALUES
    (9210, 'EPSG', 9210,
     '+proj=tmerc +lat_0=0 +lon_0=105.75 +k=0.9999 +x_0=500000 +y_0=0 +units=m {DATUM}'),
    ({VN_2000}, 'city', {VN_2000}, '+proj=longlat {DATUM}');
CREATE TABLE register (id BIGINT PRIMARY KEY, number TEXT, sheet TEXT, ward TEXT, land_use TEXT,
                       geom geometry(Geometry, 4756));
"""
COPIED = """COPY (SELECT parcel_id, map_number, map_sheet, ward, land_use::json -> 0 ->> 'code',
    geom_4756 FROM parcels) TO STDOUT"""


def table(srid):
    return f"""
CREATE TABLE parcels_{srid} AS SELECT id, number, sheet, ward, land_use,
    ST_Transform(ST_SetSRID(geom, {VN_2000}), {srid})::geometry(Geometry, {srid}) AS geom FROM register;
ALTER TABLE parcels_{srid} ADD PRIMARY KEY (id);
CREATE INDEX parcels_{srid}_geom ON parcels_{srid} USING gist (geom);
CLUSTER parcels_{srid} USING parcels_{srid}_geom;
VACUUM ANALYZE parcels_{srid};
"""


def chosen(database, zoom):
    """Tiles by the parcels whose middle lies in them: the fullest, and some with few."""
    size = 40_075_016.685_578_49 / (1 << zoom)
    rows = database.sql("peers", f"""
        SELECT floor((ST_X(c) + 20037508.342789244) / {size})::bigint AS x,
               floor((20037508.342789244 - ST_Y(c)) / {size})::bigint AS y, count(*)
        FROM (SELECT ST_Centroid(geom) AS c FROM parcels_3857) AS middles
        GROUP BY x, y ORDER BY count(*) DESC, x, y;""")
    dense, sparse = rows[:TILES], [r for r in rows if int(r[2]) >= 5][-TILES:]
    parcels = lambda rows: round(statistics.mean(int(r[2]) for r in rows))
    at = lambda rows: [f"{zoom}/{x}/{y}" for x, y, _ in rows]
    return {"dense": (at(dense), parcels(dense)), "sparse": (at(sparse), parcels(sparse))}


class Peer:
    """A server of somebody else's: PORT in its command, or in its configuration, is a free one."""

    def __init__(self, command, configuration="", **environment):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{port}"
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "peer.yaml"
        file.write_text(configuration.replace("PORT", port))
        command = [str(part).replace("PORT", port).replace("FILE", str(file)) for part in command]
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=self.log, stderr=self.log)

    def ready(self, path):
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url + path, timeout=30).read()
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit(f"{self.process.args}: {self.log.read().decode()}")

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()


def martin(folder, database, srid, keeps):
    """martin with one table; `keeps` is its cache in MiB."""
    settings = {
        "listen_addresses": "127.0.0.1:PORT",
        "worker_processes": os.cpu_count(),
        "cache_size_mb": keeps,
        "postgres": {
            "connection_string": database.url("peers"),
            "pool_size": 20,
            "auto_publish": False,
            "tables": {"parcels": {
                "schema": "public", "table": f"parcels_{srid}", "srid": srid,
                "geometry_column": "geom", "geometry_type": "GEOMETRY", "id_column": "id",
                "extent": 4096, "buffer": 64, "clip_geom": True,
                "properties": {name: "text" for name in ["number", "sheet", "ward", "land_use"]},
            }},
        },
    }
    command = [folder / "bin/martin", "--config", "FILE"]
    return Peer(command, json.dumps(settings)).ready("/health")


def counted(url, path):
    """Features of a tile, by its ids."""
    request = urllib.request.Request(url + path, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        if answer.headers["Content-Encoding"] == "gzip":
            body = gzip.decompress(body)
    layers = mapbox_vector_tile.decode(body)
    return {feature["id"] for layer in layers.values() for feature in layer["features"]}


def measured(server, prefix, tiles, clients, coding, warm):
    """Medians of ROUNDS; every tile is asked once before when `warm`."""
    paths = [prefix + tile for tile in tiles]
    if warm:
        for path in paths:
            request = urllib.request.Request(
                server.url + path, headers={"Accept-Encoding": coding})
            urllib.request.urlopen(request, timeout=60).read()
    turns = [wrk(server.url, paths, clients, coding) for _ in range(ROUNDS)]
    median = lambda of: statistics.median(of(turn) for turn in turns)
    return {
        "rate": median(lambda t: t["requests"] / t["seconds"]),
        "bytes": median(lambda t: t["bytes"] / max(1, t["requests"])),
        "p50": median(lambda t: t["p50_us"]) / 1000,
        "p99": median(lambda t: t["p99_us"]) / 1000,
    }


def tiles(say, servers, wanted):
    """Every server in turn for the same tiles, beside a constant answer of equal size."""
    ours = servers["ours, cold"][0]
    for zoom in ZOOMS:
        for density, (paths, parcels) in wanted[zoom].items():
            ids = {name: counted(server.url, prefix + paths[0])
                   for name, (server, prefix, _) in servers.items()}
            expected = ids["ours, cold"]
            for name, found in ids.items():
                # A table in the city's plane is asked by a box that is bent there: parcels at the
                # edges of the tile are missing.
                say("contents", zoom=zoom, density=density, server=name, parcels=len(found),
                    missing=len(expected - found))
                assert len(found - expected) <= len(expected) / 10, f"{name}: others than ours"
                assert len(found) > len(expected) / 2, f"{name}: {len(found)} of {len(expected)}"
            for clients in CLIENTS:
                for name, (server, prefix, warm) in servers.items():
                    got = measured(server, prefix, paths, clients, "gzip", warm)
                    say("tiles", zoom=zoom, density=density, parcels=parcels, clients=clients,
                        server=name, **got)
                    if name == "ours, warm":
                        constant = [f"/bench/constant?bytes={round(got['bytes'])}"]
                        got = measured(ours, "", constant, clients, "identity", False)
                        say("tiles", zoom=zoom, density=density, parcels=parcels,
                            clients=clients, server="constant", **got)


def features(say, servers):
    """The first so many features as GeoJSON, one client, from asking to the last byte."""
    for count in FEATURES:
        for name, (server, path) in servers.items():
            seconds = []
            for _ in range(max(3, min(50, 20_000 // count))):
                began = time.perf_counter()
                with urllib.request.urlopen(server.url + path + str(count), timeout=600) as answer:
                    body = answer.read()
                seconds.append(time.perf_counter() - began)
            found = json.loads(body)
            assert len(found["features"]) == count, f"{name}: {len(found['features'])}"
            say("features", features=count, server=name, ms=statistics.median(seconds) * 1000,
                bytes=len(body))


def main():
    program, python, *martins = [Path(argument).resolve() for argument in sys.argv[1:]]
    kept = Path(__file__).resolve().parent.parent / "var" / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    lines = (kept / "peers.jsonl").open("w")

    def say(table, **row):
        print(json.dumps({"table": table, **row}), file=lines, flush=True)
        print(table, *row.values(), flush=True)

    with Database() as database, ExitStack() as stack, tempfile.TemporaryDirectory() as snapshots:
        database.sql("postgres", "CREATE DATABASE register; CREATE DATABASE peers;")
        register = database.url("register")
        timed([program, "demo", "--parcels", str(PARCELS)],
              env={**os.environ, "DIACHINH_STORE__URL": register})
        database.sql("peers", TABLES)
        database.copy("register", COPIED, "peers", "register")
        for srid in [3857, 9210, 4326]:
            database.sql("peers", table(srid))
        wanted = {zoom: chosen(database, zoom) for zoom in ZOOMS}
        entered = lambda server: stack.enter_context(server)
        nothing = {"APP__TILE_FOLDER": "", "APP__TILE_CACHE_BYTES": "0"}
        servers = {
            "ours, cold": entered(Server(program, register, snapshots, **nothing)),
            "ours, warm": entered(Server(program, register, snapshots, APP__TILE_FOLDER="")),
        }
        servers = {name: (server, "/tiles/parcels/", name.endswith("warm"))
                   for name, server in servers.items()}
        for folder in martins:
            version = folder.name.removeprefix("martin-")
            for srid, keeps in [(3857, 0), (9210, 0), (3857, 512)]:
                name = f"martin {version}, {srid}, {'warm' if keeps else 'cold'}"
                server = entered(martin(folder, database, srid, keeps))
                servers[name] = (server, "/parcels/", bool(keeps))
        tiles(say, servers, wanted)
        for name, (server, _, _) in servers.items():
            say("memory", server=name, mebibytes=memory(server.process.pid) / MEBIBYTE)
        say("memory", server="PostgreSQL", mebibytes=memory(database.main()) / MEBIBYTE)
        tipg = entered(Peer(
            [python / "bin/uvicorn", "--host", "127.0.0.1", "--port", "PORT",
             "--log-level", "warning", "tipg.main:app"],
            DATABASE_URL=database.address("peers"), TIPG_MAX_FEATURES_PER_QUERY="1000000")).ready("/")
        ours = servers["ours, cold"][0]
        features(say, {
            "ours": (ours, "/collections/parcels/items?limit="),
            "tipg": (tipg, "/collections/public.parcels_4326/items?f=geojson&limit="),
        })


if __name__ == "__main__":
    main()
