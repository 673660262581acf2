#!/usr/bin/env python3
"""Measures what planning layers take of the server's memory.

Usage: memory.py DIACHINH [parcels ...]     (default 50000 500000)

Every size gets a demo city, kept under var/bench for the next run, and a copy of it without its
planning layers and their features. The server is started on each in turns, ROUNDS (3) times, from
its snapshot file, and asked for nothing; what is told is the greatest and least difference of what
is resident and its own (RssAnon: heaps, not files), by the shapes and vertices of the features that
the register holds. Every feature must be in one server's answers and none in the other's. Prints
Markdown for benches/README.md.
"""

import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

from exact_shapes import all_decoded
from served import HERE, ROUNDS, Server, timed

KEPT = HERE.parent / "var" / "bench"
COLLECTIONS = ["zones", "roads", "corridors", "restrictions"]


def without_plans(store, copy):
    """The same register without planning layers."""
    shutil.copy(store, copy)
    database = sqlite3.connect(copy)
    for table in COLLECTIONS:
        database.execute(f"DELETE FROM {table}")
        database.execute(f"DELETE FROM {table}_closed")
    # That of the parcels says where the register would know of one.
    database.execute("DELETE FROM layers WHERE theme <> 'parcels'")
    database.commit()
    database.execute("VACUUM")
    database.close()


def held(store):
    """Features of all versions, shapes and their bytes as they are stored: 8 for each vertex."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    features = shapes = size = 0
    for table in COLLECTIONS:
        for name in [table, f"{table}_closed"]:
            rows = database.execute(f"SELECT shape, other_shapes FROM {name} WHERE recorded_to IS NULL")
            for shape, others in rows:
                features += 1
                shapes += len(all_decoded(shape, others))
                size += len(shape) + len(others or b"")
    (layers,) = database.execute(
        "SELECT count(*) FROM layers WHERE recorded_to IS NULL AND theme <> 'parcels'").fetchone()
    return features, shapes, size, layers


def started(program, store, snapshots):
    """Resident bytes of a server that has just become ready from its snapshot file: own, all."""
    with Server(program, store, snapshots) as server:
        matched = sum(
            json.loads(server.get(f"/collections/{name}/items?limit=1"))["numberMatched"]
            for name in ["zones", "roads", "restrictions"])
        return server.memory("RssAnon"), server.memory(), matched


def kept(program, store, snapshots):
    """Has the snapshot file of a store made."""
    with Server(program, store, snapshots):
        deadline = time.monotonic() + 300
        while not any(".part" not in file.name for file in Path(snapshots).iterdir()):
            assert time.monotonic() < deadline, "no snapshot file"
            time.sleep(0.2)


def main():
    program = str(Path(sys.argv[1]).resolve())
    sizes = [int(argument) for argument in sys.argv[2:]] or [50_000, 500_000]
    KEPT.mkdir(parents=True, exist_ok=True)
    print("| parcels | features, layers | bytes of their shapes, stored | resident with, without "
          "| own heaps with, without | planning: all, a feature, a parcel |\n" + "| --- " * 6 + "|")
    for size in sizes:
        store = KEPT / f"demo-{size}.gpkg"
        if not store.exists():
            timed([program, "demo", "--parcels", str(size)],
                  env={**os.environ, "DIACHINH_STORE__URL": str(store)})
        features, shapes, stored, layers = held(store)
        with tempfile.TemporaryDirectory() as folder:
            bare = Path(folder) / "bare.gpkg"
            without_plans(store, bare)
            stores = {}
            for name, own in [("with", store), ("without", bare)]:
                snapshots = Path(folder) / name
                snapshots.mkdir()
                kept(program, own, snapshots)
                stores[name] = own, snapshots
            turns = [{name: started(program, *own) for name, own in stores.items()}
                     for _ in range(ROUNDS)]
        assert all(turn["with"][2] > 0 and turn["without"][2] == 0 for turn in turns)
        median = lambda name, at: statistics.median(turn[name][at] for turn in turns)
        own = [median(name, 0) for name in ["with", "without"]]
        resident = [median(name, 1) for name in ["with", "without"]]
        planning = own[0] - own[1]
        mib = lambda count: f"{count / (1 << 20):.1f}"
        print(f"| {size:,} | {features:,} in {shapes:,} shapes, {layers} | {mib(stored)} MiB "
              f"| {mib(resident[0])}, {mib(resident[1])} MiB | {mib(own[0])}, {mib(own[1])} MiB "
              f"| {mib(planning)} MiB, {planning / features:,.0f} B, {planning / size:.1f} B |",
              flush=True)
        spread = [turn["with"][0] - turn["without"][0] for turn in turns]
        print(f"\nOver {ROUNDS} starts from {mib(min(spread))} to {mib(max(spread))} MiB.\n")


if __name__ == "__main__":
    main()
