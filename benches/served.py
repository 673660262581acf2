"""What the measurements of whole processes share: a server of ours, and load by wrk."""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = int(os.environ.get("SECONDS", "5"))


def timed(command, **kwargs):
    """Runs a command to its end; seconds of wall clock."""
    began = time.monotonic()
    code = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **kwargs
    ).returncode
    assert code == 0, f"{command} ended with {code}"
    return time.monotonic() - began


class Server:
    """A server on a free port. More options are named as in the environment: APP__TILE_FOLDER."""

    def __init__(self, program, store, snapshots, **options):
        self.folder = tempfile.TemporaryDirectory()
        address = Path(self.folder.name) / "address"
        options = {
            "STORE__URL": str(store),
            "APP__SNAPSHOT_DIR": str(snapshots),
            "HTTP__LISTEN": "127.0.0.1:0",
            "HTTP__ADDRESS_FILE": str(address),
            "HTTP__RATE_PER_SECOND": "0",
            "HTTP__YARDSTICK": "true",
            "LOG__FILTER": "warn",
            **options,
        }
        environment = {f"DIACHINH_{name}": value for name, value in options.items()}
        began = time.monotonic()
        self.process = subprocess.Popen([program, "serve"], env={**os.environ, **environment})
        self.ready_s = None
        while time.monotonic() - began < 900:
            if self.process.poll() is not None:
                raise SystemExit("the server stopped while starting")
            try:
                self.url = "http://" + address.read_text().strip().removeprefix("http://")
                with urllib.request.urlopen(self.url + "/health/ready", timeout=5) as answer:
                    if answer.status == 200:
                        self.ready_s = time.monotonic() - began
                        return
            except (OSError, ValueError):
                pass
            time.sleep(0.01)
        raise SystemExit("the server did not get ready in 15 minutes")

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return answer.read()

    def memory(self, field="VmRSS"):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(field + r":\s+(\d+) kB", status).group(1)) * 1024

    def processor_s(self):
        """Seconds of processor time so far: in the program, in the kernel."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks = os.sysconf("SC_CLK_TCK")
        return int(fields[11]) / ticks, int(fields[12]) / ticks

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self.stop()


def tree_processor_s(main):
    """Seconds of processor time so far of a process and all below it, those that ended included."""
    ticks = os.sysconf("SC_CLK_TCK")
    total, rest = 0, [main]
    while rest:
        one = rest.pop()
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                rest += map(int, (task / "children").read_text().split())
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it ended meanwhile, and its time is its parent's
        total += sum(map(int, fields[11:15]))
    return total / ticks


def wrk(url, paths, connections, coding=None):
    """Asks for paths in turns for SECONDS; every answer must be a success."""
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as file:
        file.write("\n".join(paths) + "\n")
        file.flush()
        command = ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{SECONDS}s", "--timeout", "60s"]
        command += ["-s", str(HERE / "paths.lua")]
        command += ["-H", f"Accept-Encoding: {coding}"] if coding else []
        out = subprocess.run(
            [*command, url, "--", file.name], check=True, capture_output=True, text=True
        ).stdout
    result = json.loads(re.search(r"RESULT (.*)", out).group(1))
    assert result["status"] == 0 and result["other"] == 0, out
    return result
