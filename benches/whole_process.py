#!/usr/bin/env python3
"""Measures the whole process: start, memory, lookups over HTTP beside a constant answer.

Usage: whole_process.py DIACHINH [parcels ...]     (default 43000 1000000)

Every size gets a demo city, kept under var/bench for the next run. Load comes from wrk on the
same machine; the constant answer of equal size is asked in the same run, in turns, so that a
ratio holds when the machine's speed drifts. The ratio by processor time (that of server and wrk
together for a request, constant by ours) also holds beside other work on the machine. Prints
Markdown for benches/README.md. SECONDS and ROUNDS in the environment make it shorter or longer.
"""

import json
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.error
from pathlib import Path

from served import HERE, ROUNDS, Server, timed, wrk

KEPT = HERE.parent / "var" / "bench"
SAMPLES = 2000
CONNECTIONS = 32


def sample_paths(server, store):
    """Paths of three kinds of lookup, each proved to find the parcel it was made from."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    (greatest,) = database.execute("SELECT max(parcel_id) FROM parcels").fetchone()
    chosen = random.Random(7)
    by_position, by_key, by_id = [], [], []
    while len(by_position) < SAMPLES:
        identifier = chosen.randint(1, greatest)
        try:
            feature = json.loads(server.get(f"/v1/parcels/{identifier}"))
        except urllib.error.HTTPError:
            continue
        ring = feature["geometry"]["coordinates"]
        while isinstance(ring[0][0], list):
            ring = ring[0]
        corners = ring[:-1]
        lon = sum(c[0] for c in corners) / len(corners)
        lat = sum(c[1] for c in corners) / len(corners)
        path = f"/v1/parcels/lookup?lon={lon:.9f}&lat={lat:.9f}"
        found = json.loads(server.get(path))["features"]
        if identifier not in [f["id"] for f in found]:
            continue  # the mean of the corners lies outside a bent lot
        key = feature["properties"]["asMap"]
        by_position.append(path)
        by_id.append(f"/v1/parcels/{identifier}")
        by_key.append(
            f"/v1/parcels/lookup?ward={key['commune']['code']}&sheet={key['sheet']}&number={key['number']}"
        )
        if len(by_key) % 100 == 0:
            found = json.loads(server.get(by_key[-1]))["features"]
            assert identifier in [f["id"] for f in found], by_key[-1]
    return {"position": by_position, "key": by_key, "id": by_id}


def load(server, paths):
    own, own_kernel = server.processor_s()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = wrk(server.url, paths, CONNECTIONS)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    of_wrk = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    now, now_kernel = server.processor_s()
    per_request = 1e6 / result["requests"]
    result["own_us"] = (now - own) * per_request
    result["all_us"] = (now - own + now_kernel - own_kernel + of_wrk) * per_request
    return result


def measure_lookups(server, store):
    rows = []
    for kind, paths in sample_paths(server, store).items():
        bytes_each = round(statistics.mean(len(server.get(p)) for p in paths[:200]))
        constant = [f"/bench/constant?bytes={bytes_each}"]
        turns = [(load(server, paths), load(server, constant)) for _ in range(ROUNDS)]
        rate = lambda load: load["requests"] / load["seconds"]
        median = lambda of: statistics.median(of(one, other) for one, other in turns)
        rows.append(
            f"| lookup by {kind}, {bytes_each} bytes "
            f"| {median(lambda one, _: rate(one)):,.0f}/s "
            f"| {median(lambda _, other: rate(other)):,.0f}/s "
            f"| {median(lambda one, other: rate(one) / rate(other)):.0%} "
            f"| {median(lambda one, other: other['all_us'] / one['all_us']):.0%} "
            f"| {median(lambda one, _: one['own_us']):.1f}, "
            f"{median(lambda _, other: other['own_us']):.1f} µs "
            f"| {median(lambda one, _: one['p50_us']):.0f}, "
            f"{median(lambda one, _: one['p99_us']):.0f} µs |"
        )
    return rows


def main():
    program = str(Path(sys.argv[1]).resolve())
    sizes = [int(a) for a in sys.argv[2:]] or [43_000, 1_000_000]
    KEPT.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        store = KEPT / f"demo-{size}.gpkg"
        print(f"\n### {size:,} parcels\n", flush=True)
        if not store.exists():
            environment = {**os.environ, "DIACHINH_STORE__URL": str(store)}
            made = timed([program, "demo", "--parcels", str(size)], env=environment)
            print(f"Demo city made and stored in {made:.1f} s, {store.stat().st_size >> 20} MiB.")
        with tempfile.TemporaryDirectory() as snapshots:
            with Server(program, store, snapshots) as server:
                from_store = server.ready_s
                deadline = time.monotonic() + 120
                while time.monotonic() < deadline and not any(
                    ".part" not in p.name
                    for p in Path(snapshots).iterdir()
                ):
                    time.sleep(0.2)
            with Server(program, store, snapshots) as server:
                resident = server.memory()
                print(f"Ready from the store in {from_store:.2f} s, from the snapshot file in "
                      f"{server.ready_s:.2f} s; resident {resident >> 20} MiB, "
                      f"{resident / size:.0f} bytes a parcel "
                      f"(peak {server.memory('VmHWM') >> 20} MiB).\n")
                print("| what | ours | constant | ratio | ratio by processor time "
                      "| own code: ours, constant | p50, p99 |\n" + "| --- " * 7 + "|")
                for row in measure_lookups(server, store):
                    print(row, flush=True)
                print(f"\nResident after the load: {server.memory() / size:.0f} bytes a parcel.")


if __name__ == "__main__":
    main()
