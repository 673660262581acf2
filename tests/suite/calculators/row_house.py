"""A calculator of row houses that somebody else might have written: coverage, storeys and balconies of
Decision 56/2021, Appendix 18, read from the appendix and not from the packs.

It reads a question a line and answers those it knows of. Usage: row_house.py [MISTAKE]
"""

import json
import sys
from fractions import Fraction

MISTAKE = sys.argv[1] if len(sys.argv) > 1 else ""
NO_NUMBERS = ["zoning_storeys_max", "detailed_storeys_max", "detailed_coverage_max_percent"]


def coverage(facts):
    area = Fraction(facts["lot_area_m2"])
    if area > 500 or Fraction(facts["building_height_m"]) > 25:
        return None
    if MISTAKE == "coverage" and area <= 90:
        return Fraction(100)
    knots = [(50, 100), (100, 90), (200, 70), (300, 60), (500, 50)]
    if area <= 50:
        return Fraction(100)
    for (x0, y0), (x1, y1) in zip(knots, knots[1:]):
        if area <= x1:
            return y0 + (area - x0) / (x1 - x0) * (y1 - y0)


def storeys(facts):
    standard = (Fraction(facts["lot_area_m2"]) >= 36 and Fraction(facts["frontage_m"]) >= 3
                and Fraction(facts["depth_from_building_line_m"]) >= 3)
    if not standard or facts["added_storey"] == "true":
        return None
    road = Fraction(facts["right_of_way_m"])
    bands = [Fraction("3.5"), 7, 12, 20, 25] if MISTAKE == "storeys" else [Fraction("3.5"), 6, 16, 25]
    band = sum(road >= edge for edge in bands)
    base, most = ([3, 3, 4, 4, 5, 6], [3, 4, 5, 5, 6, 6]) if MISTAKE == "storeys" else ([3, 3, 4, 5, 6], [3, 4, 5, 6, 6])
    added = 0
    if Fraction(facts["building_frontage_m"]) >= 4 and Fraction("3.5") <= road < 25:
        added += facts["central_district"] == "true"
        added += road >= 16 and facts["commercial_street"] == "true"
        added += Fraction(facts["frontage_m"]) > 8
    return Fraction(min(base[band] + added, most[band]))


def balcony(facts):
    road = Fraction(facts["right_of_way_m"])
    if facts["sidewalk_m"] == "none":
        return None
    sidewalk = Fraction(facts["sidewalk_m"])
    beyond = (lambda edge: road > edge) if MISTAKE == "balcony" else (lambda edge: road >= edge)
    if road < 7:
        return Fraction(0)
    deep = Fraction("0.9")
    if beyond(12):
        deep = Fraction("1.2")
    if road >= 20:
        deep = Fraction("1.2") if sidewalk <= 3 else Fraction("1.4")
    return min(deep, max(sidewalk - 1, Fraction(0)))


KNOWN = {"coverage": coverage, "storeys": storeys, "projection/balcony": balcony}

for line in sys.stdin:
    asked = json.loads(line)
    facts = asked["facts"]
    row_house = facts["building_kind"] == "row_house" and facts["development"] == "existing"
    row_house = row_house and facts["corner_lot"] == "false" and not asked["inside"]
    row_house = row_house and all(facts.get(name) == "none" for name in NO_NUMBERS)
    if not row_house or asked["quantity"] not in KNOWN:
        continue
    limit = KNOWN[asked["quantity"]](facts)
    if limit is None:
        continue
    outcomes = ["pass" if Fraction(found) <= limit else "fail" for found in asked["found"]]
    print(json.dumps({"id": asked["id"], "limit": f"{float(limit):.6f}", "outcomes": outcomes}))
