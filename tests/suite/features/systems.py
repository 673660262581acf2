"""Compares positions with pyproj's. Reads from standard input a JSON array of objects with `from`
(EPSG code), `to` (address of a system), `metres` and `got` (arrays of positions); prints the
greatest difference of each, in units of its system."""

import json
import sys

from pyproj import CRS
from pyproj.transformer import TransformerGroup


def operation(source, target):
    """The operation by EPSG:6960, or the only one; axes in the order of both systems."""
    all_of_them = TransformerGroup(CRS.from_epsg(source), CRS.from_user_input(target)).transformers
    official = [o for o in all_of_them if "VN-2000 to WGS 84 (2)" in o.description]
    return (official or all_of_them)[0]


differences = []
for question in json.load(sys.stdin):
    if question["to"].endswith(f"/{question['from']}"):
        expected = question["metres"]
    else:
        there = operation(question["from"], question["to"])
        expected = [there.transform(*metres) for metres in question["metres"]]
    pairs = list(zip(expected, question["got"], strict=True))
    differences.append(max(abs(a - b) for one, two in pairs for a, b in zip(one, two)))
print(json.dumps(differences))
