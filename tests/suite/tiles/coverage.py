"""Judges whether shapes of one layer fit together, with shapely's `coverage_is_valid`.

Takes a file with a line of JSON for each layer and zoom, the finest zoom of a layer last: its shapes
as rings on the world grid, each ring with whether it opens a polygon. What does not fit with every
vertex there is so in the register: overlaps, gaps, T-junctions. Prints one line of JSON: how many
shapes there were, how many of them do not fit in the register, and for each layer and zoom what does
not fit although it does in the register, or is farther than two cells from where it does not.
"""

import json
import sys

import shapely
from shapely.geometry import Point, Polygon


def polygons(rings):
    """A shape from its rings; those that a zoom leaves without extent are gone."""
    shells = []
    for opens, ring in rings:
        if opens:
            shells.append((ring, []))
        elif len(ring) > 2:
            shells[-1][1].append(ring)
    parts = [Polygon(shell, holes) for shell, holes in shells if len(shell) > 2]
    return [part for part in parts if part.area > 0]


def misfits(shapes):
    """Edges that do not fit, and places where a shape crosses itself."""
    shapes = [s for s in shapes if not s.is_empty]
    valid = [s for s in shapes if s.is_valid]
    edges = [e for e in shapely.coverage_invalid_edges(valid) if not e.is_empty] if valid else []
    reasons = [shapely.is_valid_reason(s) for s in shapes if not s.is_valid]
    places = [reason[reason.index("[") + 1 : -1].split() for reason in reasons]
    return edges + [Point(float(x), float(y)) for x, y in places]


counts, found = {}, {}
for line in open(sys.argv[1]):
    said = json.loads(line)
    shapes = [shapely.MultiPolygon(polygons(rings)) for rings in said["shapes"]]
    name = f"{said['layer']}/{said['zoom']}"
    counts[name] = len(shapes)
    found[name] = misfits(shapes)
    if not found[name]:
        kept = [s for s in shapes if not s.is_empty]
        assert shapely.coverage_is_valid(kept), name
finest = {name.split("/")[0]: places for name, places in found.items()}
# Blocks are put together from parcels.
register = {**finest, "blocks": finest["parcels"]}
wrong = {}
for name, places in found.items():
    known = shapely.union_all(register[name.split("/")[0]])
    new = [p for p in places if known.is_empty or p.distance(known) > 2]
    if new:
        wrong[name] = {"count": len(new), "first": [p.wkt[:300] for p in new[:5]]}
known = {layer: len(places) for layer, places in register.items()}
print(json.dumps({"shapes": counts, "register": known, "wrong": wrong}))
