"""Reads an archive of tiles with the reader of its inventors, and prints what it found, as JSON.

Usage: python3 read_with_pmtiles.py archive.pmtiles
"""

import gzip
import json
import sys

from pmtiles.reader import MmapSource, Reader, all_tiles

with open(sys.argv[1], "rb") as file:
    source = MmapSource(file)
    reader = Reader(source)
    header = {
        name: value if isinstance(value, (int, bool)) else value.name
        for name, value in reader.header().items()
    }
    tiles = []
    for place, coded in all_tiles(source):
        assert reader.get(*place) == coded, place
        tiles.append([list(place), gzip.decompress(coded).hex()])
    file.seek(0, 2)
    print(
        json.dumps(
            {"header": header, "metadata": reader.metadata(), "tiles": tiles, "bytes": file.tell()}
        )
    )
