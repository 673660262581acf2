"""A PostgreSQL server of Debian's for a measurement, in a folder of its own."""

import glob
import os
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

# As PostGIS is run beside 2 cores and some gigabytes: the parcels and their indexes fit.
OPTIONS = ("-c listen_addresses='' -c max_connections=100 -c shared_buffers=2GB "
           "-c fsync=off -c max_wal_size=8GB -c maintenance_work_mem=512MB")


def as_postgres(command):
    """The server refuses to be root's."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", *command]


class Database:
    def __enter__(self):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.control = f"{programs}/pg_ctl"
        self.folder = tempfile.mkdtemp(prefix="diachinh-bench-")
        Path(self.folder).chmod(0o777)
        self.data = f"{self.folder}/data"
        self.run(f"{programs}/initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                 "--no-locale", "-N", "-D", self.data)
        options = f"-c unix_socket_directories='{self.folder}' {OPTIONS}"
        self.run(self.control, "-w", "-D", self.data, "-l", f"{self.folder}/log",
                 "-o", options, "start")
        return self

    def __exit__(self, *reason):
        self.run(self.control, "-m", "immediate", "-D", self.data, "stop")
        self.run("rm", "-rf", self.data, f"{self.folder}/log")
        os.rmdir(self.folder)

    def run(self, *command):
        subprocess.run(as_postgres(list(command)), check=True, cwd="/",
                       stdout=subprocess.DEVNULL)

    def url(self, name):
        return f"postgresql:///{name}?host={self.folder}&user=postgres"

    def address(self, name):
        """The same for clients that want a host before the path."""
        return f"postgresql://postgres@{quote(self.folder, safe='')}/{name}"

    def sql(self, name, statements):
        """Runs SQL and gives the rows it prints, as lists of texts."""
        command = ["psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", self.url(name)]
        run = subprocess.run([*command, "-f", "-"], input=statements, capture_output=True,
                             text=True, check=False)
        assert run.returncode == 0, run.stderr
        return [line.split("|") for line in run.stdout.splitlines()]

    def copy(self, source, query, target, table):
        """Rows of a query of one database into a table of another."""
        psql = lambda name, command: ["psql", "-X", "-q", self.url(name), "-c", command]
        out = subprocess.Popen(psql(source, query), stdout=subprocess.PIPE)
        subprocess.run(psql(target, f"COPY {table} FROM STDIN"), stdin=out.stdout, check=True)
        assert out.wait() == 0

    def main(self):
        """The number of its main process."""
        return int(Path(self.data, "postmaster.pid").read_text().split()[0])


def memory(main):
    """Memory of a process and all below it, shared pages counted by share; in bytes."""
    total, rest = 0, [main]
    while rest:
        one = rest.pop()
        try:
            rest += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it ended meanwhile
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) << 10
    return total
