#!/usr/bin/env python3
"""Measures the extract of a parcel beside that of pyramid_oereb, in turns in one run.

Usage: extract_peers.py DIACHINH OEREB SOURCES
OEREB is the folder of a Python made from benches/oereb.txt, SOURCES a checkout of pyramid_oereb,
whose dev/sample_data is what no package of its has.

pyramid_oereb answers for the one real estate of its sample data, from a PostgreSQL server with
PostGIS over a local socket: once by the server of its own `development.ini` (waitress, a process
with 4 threads), once by gunicorn with as many processes as there are cores, and once of one theme
alone, since its parcel has more restrictions than ours. One of its 18 example themes is left out,
whose tables are not among those that its scripts make. Ours answers for 2 000 parcels of a demo city
of PARCELS (50 000), and for the 50 of them that have most restrictions. What each says is read
first, so that the number of themes and restrictions stands beside its times. Load comes from wrk
on the same machine, all servers in turn, ROUNDS times. Processor time is that of the server with
all its processes, and of PostgreSQL with all its own.
Prints Markdown for benches/README.md. PARCELS, CLIENTS ("1 8"), SECONDS and ROUNDS in the
environment change the run.
"""

import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from database import Database
from peers import Peer
from served import HERE, ROUNDS, Server, timed, tree_processor_s, wrk

PARCELS = int(os.environ.get("PARCELS", "50000"))
CLIENTS = [int(c) for c in os.environ.get("CLIENTS", "1 8").split()]
KEPT = HERE.parent / "var" / "bench"
SAMPLES = 2000
# The one real estate of the sample data.
EGRID = "CH113928077734"
# The one of its themes that is asked alone.
ALONE = "ch.StatischeWaldgrenzen"

SERVED = """
[app:main]
use = egg:pyramid_oereb
pyramid_oereb.cfg.file = FOLDER/oereb.yml
pyramid_oereb.cfg.section = pyramid_oereb

[server:main]
use = egg:waitress#main
listen = 127.0.0.1:PORT

[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = WARN
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(levelname)s %(name)s %(message)s
"""
# The example's theme in INTERLIS tables is left out.
ONLY_STANDARD = """
import sys, yaml
settings = yaml.safe_load(open(sys.argv[1]))
own = settings["pyramid_oereb"]
own["plrs"] = [theme for theme in own["plrs"] if "interlis" not in theme["source"]["class"]]
yaml.safe_dump(settings, open(sys.argv[1], "w"))
"""


class Oereb:
    """pyramid_oereb's example with its sample data, as its own Makefile makes it."""

    def __init__(self, folder, sources, database, work):
        self.programs, self.database, self.work = folder / "bin", database, Path(work)
        # `dev` of the package lacks the template of the settings; the package itself is PyPI's.
        shutil.copytree(sources / "dev", self.work / "dev")
        self.environment = {"PYTHONPATH": str(work), "PYTHONWARNINGS": "ignore"}

    def run(self, program, *arguments):
        command = [str(self.programs / program), *map(str, arguments)]
        run = subprocess.run(command, cwd=self.work, capture_output=True, text=True, check=False,
                             env={**os.environ, **self.environment})
        assert run.returncode == 0, run.stderr

    def made(self):
        database = self.database
        database.sql("postgres", "CREATE DATABASE oereb;")
        database.sql("oereb", "CREATE EXTENSION postgis;")
        url = f"postgresql://postgres@/oereb?host={database.folder}"
        self.run("create_example_yaml", "--name", "oereb.yml", "--database", url)
        self.run("python", "-c", ONLY_STANDARD, "oereb.yml")
        tables = ["-c", "oereb.yml", "--sql-file", "tables.sql"]
        self.run("create_main_schema_tables", "--over-write", *tables)
        self.run("create_standard_tables", *tables)
        self.run("python", "dev/database/load_sample_data.py", "-c", "oereb.yml",
                 "--sql-file", "rows.sql", "--dir", "dev/sample_data")
        for file in ["tables.sql", "rows.sql"]:
            database.sql("oereb", (self.work / file).read_text())
        database.sql("oereb", "VACUUM ANALYZE;")
        return self

    def served(self, *command):
        settings = SERVED.replace("FOLDER", str(self.work))
        command = [self.programs / command[0], *command[1:]]
        return Peer(command, settings, **self.environment).ready("/oereb/versions/json")

    @staticmethod
    def path(geometry, theme=None):
        path = f"/oereb/extract/json/?EGRID={EGRID}" + ("&GEOMETRY=true" if geometry else "")
        return path + (f"&TOPICS={theme}" if theme else "")


def their_contents(server, oereb, theme=None):
    """Themes and restrictions of their extract."""
    for geometry in [False, True]:
        path = oereb.path(geometry, theme)
        with urllib.request.urlopen(server.url + path, timeout=60) as answer:
            extract = json.loads(answer.read())["GetExtractByIdResponse"]["extract"]
        themes = sum(len(extract[key]) for key in
                     ["ConcernedTheme", "NotConcernedTheme", "ThemeWithoutData"])
        estate = extract["RealEstate"]
        restrictions = estate["RestrictionOnLandownership"]
        assert estate["EGRID"] == EGRID and len(restrictions) >= (1 if theme else 10)
        assert all(("Geometry" in one) == geometry for one in restrictions)
    return themes, len(restrictions)


def our_contents(server, store):
    """Some parcels with the number of themes and restrictions of each."""
    database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    (greatest,) = database.execute("SELECT max(parcel_id) FROM parcels").fetchone()
    chosen = random.Random(7)
    found = {}
    while len(found) < SAMPLES:
        identifier = chosen.randint(1, greatest)
        try:
            extract = json.loads(server.get(f"/v1/parcels/{identifier}/extract"))
        except urllib.error.HTTPError:
            continue  # not there today
        assert extract["parcel"]["id"] == identifier
        themes = extract["themes"]
        assert len(themes) == sum(len(named) for named in extract["summary"].values())
        found[identifier] = len(themes), sum(len(theme["restrictions"]) for theme in themes)
    return found


def measured(server, paths, clients, processes):
    """Medians of turns; processor time of each request, by process."""
    before = [tree_processor_s(process) for process in processes]
    result = wrk(server.url, paths, clients)
    after = [tree_processor_s(process) for process in processes]
    assert result["requests"] > 0
    spent = [(now - then) * 1000 / result["requests"] for then, now in zip(before, after)]
    return {
        "rate": result["requests"] / result["seconds"],
        "bytes": result["bytes"] / result["requests"],
        "p50": result["p50_us"] / 1000,
        "p99": result["p99_us"] / 1000,
        "server_ms": spent[0],
        "database_ms": spent[1] if len(spent) > 1 else 0.0,
    }


def compared(servers):
    """Every server in turn, in each turn; a row of medians for each."""
    print("| extract | geometry | clients | answers a second | p50, p99 | bytes "
          "| processor time of an answer: server, PostgreSQL | processor time, times ours "
          "| answers a second, ours is |\n" + "| --- " * 9 + "|")
    for geometry in [False, True]:
        for clients in CLIENTS:
            turns = {name: [] for name in servers}
            for _ in range(ROUNDS):
                for name, (server, paths, processes) in servers.items():
                    turn = measured(server, paths(geometry), clients, processes)
                    turns[name].append(turn)
            rows = {name: {key: statistics.median(turn[key] for turn in turns) for key in turns[0]}
                    for name, turns in turns.items()}
            ours = rows["ours"]
            spent = lambda row: row["server_ms"] + row["database_ms"]
            for name, row in rows.items():
                print(f"| {name} | {'with' if geometry else 'without'} | {clients} "
                      f"| {row['rate']:,.4g} | {row['p50']:,.3g}, {row['p99']:,.3g} ms "
                      f"| {row['bytes']:,.0f} | {row['server_ms']:.3g}, {row['database_ms']:.3g} ms "
                      f"| {spent(row) / spent(ours):,.3g} | {ours['rate'] / row['rate']:,.3g}× |",
                      flush=True)


def main():
    program, folder, sources = [Path(argument).resolve() for argument in sys.argv[1:]]
    KEPT.mkdir(parents=True, exist_ok=True)
    store = KEPT / f"demo-{PARCELS}.gpkg"
    if not store.exists():
        timed([program, "demo", "--parcels", str(PARCELS)],
              env={**os.environ, "DIACHINH_STORE__URL": str(store)})
    with Database() as database, ExitStack() as stack:
        entered = stack.enter_context
        work, snapshots = (entered(tempfile.TemporaryDirectory()) for _ in range(2))
        oereb = Oereb(folder, sources, database, work).made()
        ours = entered(Server(program, store, snapshots))
        held = our_contents(ours, store)
        waitress = entered(oereb.served("pserve", "pastedeploy+ini:FILE"))
        gunicorn = entered(oereb.served(
            "gunicorn", "--paste", "FILE", "--bind", "127.0.0.1:PORT",
            "--workers", str(os.cpu_count())))
        themes, restrictions = their_contents(waitress, oereb)
        assert their_contents(gunicorn, oereb) == (themes, restrictions)
        alone = their_contents(waitress, oereb, ALONE)
        mean = lambda values: statistics.mean(values)
        most = sorted(held, key=lambda parcel: -held[parcel][1])[:50]
        print(f"pyramid_oereb: {themes} themes, {restrictions} restrictions, one parcel; "
              f"of one theme alone {alone[1]}.")
        print(f"Ours: {mean(t for t, _ in held.values()):.0f} themes, "
              f"{mean(r for _, r in held.values()):.1f} restrictions each for {len(held)} parcels "
              f"of {PARCELS:,}, {mean(held[p][1] for p in most):.1f} for the {len(most)} that have "
              "most.\n")
        asked = lambda parcels: lambda geometry: [
            f"/v1/parcels/{parcel}/extract" + ("?geometry=true" if geometry else "")
            for parcel in parcels]
        theirs = lambda theme=None: lambda geometry: [oereb.path(geometry, theme)]
        at = lambda server: [server.process.pid, database.main()]
        compared({
            "ours": (ours, asked(list(held)), [ours.process.pid]),
            "ours, most restrictions": (ours, asked(most), [ours.process.pid]),
            "pyramid_oereb, waitress": (waitress, theirs(), at(waitress)),
            "pyramid_oereb, gunicorn": (gunicorn, theirs(), at(gunicorn)),
            "pyramid_oereb, waitress, one theme": (waitress, theirs(ALONE), at(waitress)),
        })


if __name__ == "__main__":
    main()
