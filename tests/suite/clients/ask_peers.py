"""What tipg and pygeoapi answer over a table: the keys of the parcels that each query finds.

Usage: python3 ask_peers.py '{"host": "/folder/of/the/socket", "database": "…", "queries": [{"tipg": {…}, "pygeoapi": {…}}, …]}'
The table is `shown` with the key `parcel_id` and the geometry `geom`. Prints a JSON list with one
object for each query.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

PROGRAMS = Path(sys.executable).parent
NAMED = {"name": "test", "url": "http://test.example"}
LIMIT = 100_000


def pygeoapi(url, host, database):
    """What pygeoapi wants to know."""
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": int(url.rsplit(":", 1)[1])}, "url": url,
            "mimetype": "application/json; charset=UTF-8", "encoding": "utf-8",
            "languages": ["en-US"], "limits": {"default_items": 10, "max_items": LIMIT},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "test", "description": "test", "keywords": ["test"],
                               "keywords_type": "theme", "terms_of_service": "test",
                               "url": "http://test.example"},
            "license": NAMED, "provider": NAMED, "contact": {**NAMED, "email": "a@test.example"},
        },
        "resources": {"shown": {
            "type": "collection", "title": "parcels", "description": "parcels",
            "keywords": ["parcels"],
            "extents": {"spatial": {"bbox": [-180, -90, 180, 90]}},
            "providers": [{
                "type": "feature", "name": "PostgreSQL", "table": "shown",
                "id_field": "parcel_id", "geom_field": "geom",
                "data": {"host": host, "port": 5432, "dbname": database, "user": "postgres",
                         "password": "none", "search_path": ["public"]},
            }],
        }},
    }


class Peer:
    """A server on a free port."""

    def __init__(self, prepare):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.url = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.log = tempfile.TemporaryFile()
        command, environment = prepare(self.url)
        self.process = subprocess.Popen(command, env={**os.environ, **environment},
                                        stdout=self.log, stderr=self.log)

    def keys(self, collection, query):
        """Keys of the features found; asks again while the server starts."""
        url = f"{self.url}/collections/{collection}/items?{urlencode(query)}"
        for _ in range(600):
            try:
                with urllib.request.urlopen(url, timeout=120) as answer:
                    features = json.load(answer)["features"]
                    return sorted(f["properties"].get("parcel_id", f["id"]) for f in features)
            except urllib.error.HTTPError as refused:
                raise SystemExit(f"{url}: {refused.code} {refused.read().decode()}") from refused
            except urllib.error.URLError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        self.log.seek(0)
        raise SystemExit(f"{url}: {self.log.read().decode()}")

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.process.terminate()
        self.process.wait(30)


def main():
    asked = json.loads(sys.argv[1])
    host, database = asked["host"], asked["database"]
    with tempfile.TemporaryDirectory() as folder:
        def as_tipg(url):
            port = url.rsplit(":", 1)[1]
            address = f"postgresql://postgres@{quote(host, safe='')}/{database}"
            command = [PROGRAMS / "uvicorn", "--host", "127.0.0.1", "--port", port, "tipg.main:app"]
            return command, {"DATABASE_URL": address, "TIPG_MAX_FEATURES_PER_QUERY": str(LIMIT)}

        def as_pygeoapi(url):
            settings, described = Path(folder) / "settings.yml", Path(folder) / "openapi.yml"
            settings.write_text(json.dumps(pygeoapi(url, host, database)))
            files = {"PYGEOAPI_CONFIG": str(settings), "PYGEOAPI_OPENAPI": str(described)}
            made = subprocess.run([PROGRAMS / "pygeoapi", "openapi", "generate", settings,
                                   "--output-file", described], capture_output=True, text=True,
                                  env={**os.environ, **files}, check=False)
            if made.returncode != 0:
                raise SystemExit(made.stderr)
            return [PROGRAMS / "flask", "--app", "pygeoapi.flask_app:APP", "run",
                    "--host", "127.0.0.1", "--port", url.rsplit(":", 1)[1]], files

        with Peer(as_tipg) as tipg, Peer(as_pygeoapi) as other:
            limit = {"limit": LIMIT}
            print(json.dumps([{
                "tipg": tipg.keys("public.shown", {**limit, "f": "geojson", **query["tipg"]}),
                "pygeoapi": other.keys("shown", {**limit, "f": "json", **query["pygeoapi"]}),
            } for query in asked["queries"]]))


main()
