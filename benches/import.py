#!/usr/bin/env python3
"""Measures the import of a GeoPackage beside ogr2ogr of the same file, in turns.

Usage: import.py DIACHINH [parcels ...]     (default 43000)

Every size gets a demo city, kept under var/bench for the next run, and its parcels as a GeoPackage.
That file is imported into a register that holds the wards and ten parcels, judged and committed as
one revision, and copied by ogr2ogr into a new GeoPackage with its index. The report of the import
says how long its parts took; the checks of neighbours, which ogr2ogr has nothing like, are told
apart. Seconds are of the wall clock, processor seconds those of all processes of a command. Prints
Markdown for benches/README.md: medians.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / "var" / "bench"
ROUNDS = 5
PARTS = ["opening", "reading", "judging", "neighbours", "keeping", "matching", "writing",
         "committing"]


def timed(command):
    """Runs a command to its end; seconds of the wall clock, and of processors."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, f"{command} ended with {child.returncode}"
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime


def run(*command):
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def exported(program, size):
    """The parcels of a demo city as a GeoPackage, made once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    store, file = KEPT / f"demo-{size}.gpkg", KEPT / f"parcels-{size}.gpkg"
    if not store.exists():
        run(program, "demo", "--parcels", size, "--store", store)
    if not file.exists():
        unfinished = KEPT / f"unfinished-{size}.gpkg"
        run(program, "export", "parcels", unfinished, "--store", store)
        unfinished.rename(file)
    return file


def ours(program, folder, turn, file):
    """One import; wall clock, processor time, and the durations that its report tells."""
    target, report = folder / f"ours{turn}.gpkg", folder / f"ours{turn}.json"
    # A city of ten parcels brings the wards, without which every parcel would stay out.
    run(program, "demo", "--parcels", 10, "--store", target)
    wall, processor = timed([program, "import", str(file), "--store", str(target),
                             "--report", str(report)])
    told = json.loads(report.read_text())
    assert told["counts"]["rejected"] == 0 and told["counts"]["new"] > 0, told["counts"]
    target.unlink()
    return wall, processor, {part: told["durations"][f"{part}Ms"] / 1000 for part in PARTS}


def theirs(folder, turn, file):
    """One copy with an R-tree, which ogr2ogr makes by default."""
    target = folder / f"theirs{turn}.gpkg"
    wall, processor = timed(["ogr2ogr", "-f", "GPKG", str(target), str(file)])
    target.unlink()
    return wall, processor


def measure(program, size):
    file = exported(program, size)
    turns, others = [], []
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        for turn in range(ROUNDS):
            turns.append(ours(program, Path(folder), turn, file))
            others.append(theirs(Path(folder), turn, file))
    middle = statistics.median
    wall, processor = middle(t[0] for t in turns), middle(t[1] for t in turns)
    other_wall, other_processor = middle(t[0] for t in others), middle(t[1] for t in others)
    without = middle(t[0] - t[2]["neighbours"] for t in turns)
    parts = ", ".join(f"{part} {middle(t[2][part] for t in turns):.2f}" for part in PARTS)
    print(f"| {size:,} | {wall:.2f} s ({processor:.2f} s) | {without:.2f} s "
          f"| {other_wall:.2f} s ({other_processor:.2f} s) | {without / other_wall:.2f} | {parts} |",
          flush=True)


def main():
    program = str(Path(sys.argv[1]).resolve())
    print("\n| parcels | import (processors) | without neighbours | ogr2ogr (processors) "
          "| ratio | parts, s |\n| --- | --- | --- | --- | --- | --- |")
    for size in [int(a) for a in sys.argv[2:]] or [43_000]:
        measure(program, size)


if __name__ == "__main__":
    main()
