"""Fetches tiles of a server of all zooms and judges them with decoders of others.

Takes the server's address, how many parcels it should hold and a tile matrix set. Prints one line of JSON: how much
was looked at, and what is wrong. Shapes are judged by shapely: whether they are valid; whether a
parcel lies within about a unit of the register's own shape; whether parcels together leave a gap or an
overlap wider than a unit that the register has not; whether tiles side by side agree; whether the
area covered at a zoom is that of the register to within 1 %, for wards and zones at the first zooms
to within what rounding may give or take besides. GDAL counts the features once more.
"""

import gzip
import json
import math
import random
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

import mapbox_vector_tile
import shapely
from shapely import affinity
from shapely.geometry import box, shape

EXTENT = 4096
MARGIN = 64
LARGEST = 500_000
TILES_A_ZOOM = 6
# A vertex is rounded to a cell of the world grid, then to a unit of the tile, which at zoom 19 is
# two cells: at most three quarters of a unit off in each direction.
OFF = 1.07
ALL = box(0, 0, EXTENT, EXTENT)
SEEN = box(-MARGIN, -MARGIN, EXTENT + MARGIN, EXTENT + MARGIN)

base, parcels_held, matrix_set = sys.argv[1], int(sys.argv[2]), sys.argv[3]
MERCATOR = matrix_set == "WebMercatorQuad"
# First matrix with blocks, first with parcels, last; first whose tiles are compared with neighbours.
BLOCKS, PARCELS, FINEST, SIDES = (11, 15, 20, 9) if MERCATOR else (5, 9, 14, 3)
# What the register's own shapes come in, and where the tiles of the city's set begin, in metres.
CRS = "http://www.opengis.net/def/crs/EPSG/0/9210"
WEST, NORTH, SIDE = 500_000, 1_300_000, 2**29 / 1000
choose = random.Random(7)
wrong = []
looked = {"tiles": 0, "polygons": 0, "parcels": 0, "pairs": 0, "largest": 0}


def read(path):
    try:
        with urllib.request.urlopen(base + path) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        # Beyond the limits of a set of OGC API Tiles there are no tiles.
        if error.code == 404 and not MERCATOR and path.startswith("/tiles/"):
            return b""
        raise


def tile_of(lon, lat, zoom):
    """Column and row, with fractions, of degrees or of metres."""
    across = 2**zoom
    if not MERCATOR:
        return (lon - WEST) / SIDE * across, (NORTH - lat) / SIDE * across
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return (lon + 180) / 360 * across, y * across


def complain(what, where, **more):
    if len(wrong) < 40:
        wrong.append({"what": what, "where": where, **more})


kept = {}


def tile(zoom, x, y):
    """The layers of a tile: lists of (id, properties, shape)."""
    if (zoom, x, y) in kept:
        return kept[zoom, x, y]
    address = f"city/{zoom}/{x}/{y}" if MERCATOR else f"{matrix_set}/{zoom}/{y}/{x}"
    data = read(f"/tiles/{address}")
    where = f"{zoom}/{x}/{y}"
    looked["tiles"] += 1
    looked["largest"] = max(looked["largest"], len(gzip.compress(data, 6)))
    layers = {}
    if data:
        decoded = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
        for name, layer in decoded.items():
            features = [
                (f.get("id"), f["properties"], shape(f["geometry"])) for f in layer["features"]
            ]
            layers[name] = features
            for key, _, geometry in features:
                looked["polygons"] += 1
                if geometry.is_empty or not geometry.is_valid:
                    why = shapely.is_valid_reason(geometry)
                    complain("invalid", where, layer=name, id=key, why=why)
        count_with_gdal(data, layers, where)
    kept[zoom, x, y] = layers
    return layers


def count_with_gdal(data, layers, where):
    """GDAL may leave out nothing that it finds invalid."""
    if looked["tiles"] % 8:
        return
    with tempfile.NamedTemporaryFile(suffix=".mvt") as file:
        file.write(data)
        file.flush()
        said = subprocess.run(
            ["ogrinfo", "-ro", "-al", "-so", file.name], capture_output=True, text=True
        )
    counts = [line.split(": ")[1] for line in said.stdout.splitlines() if "Feature Count" in line]
    if sorted(map(int, counts)) != sorted(len(f) for f in layers.values()) or said.stderr:
        complain("gdal", where, counts=counts, said=said.stderr[:200])


exact_shapes = {}


def exact(key, zoom, x, y):
    """The register's own shape on the grid of a tile."""
    if key not in exact_shapes:
        item = f"/collections/parcels/items/{key}?crs={CRS}"
        feature = json.loads(read(f"/v1/parcels/{key}" if MERCATOR else item))
        exact_shapes[key] = shape(feature["geometry"])

    def on_tile(points):
        columns = [tile_of(lon, lat, zoom) for lon, lat in points]
        return [((c - x) * EXTENT, (r - y) * EXTENT) for c, r in columns]

    return shapely.transform(exact_shapes[key], lambda p: on_tile(p.tolist()))


def wide(geometry, width=1):
    """Whether anything of it is wider than so many units."""
    return not geometry.is_empty and not geometry.buffer(-width / 2).is_empty


def compare_with_register(layers, zoom, x, y):
    where = f"{zoom}/{x}/{y}"
    parcels = {key: geometry for key, _, geometry in layers.get("parcels", [])}
    if not parcels:
        return
    own = {key: exact(key, zoom, x, y) for key in parcels}
    for key, drawn in parcels.items():
        looked["parcels"] += 1
        seen = own[key].intersection(SEEN) if not SEEN.covers(drawn) else own[key]
        if not seen.is_empty and shapely.hausdorff_distance(drawn.boundary, own[key].boundary) > OFF:
            off = drawn.symmetric_difference(seen)
            if wide(off.intersection(SEEN.buffer(-1)), OFF):
                complain("off the register", where, id=key)
    everything = shapely.union_all(list(parcels.values()))
    register = shapely.union_all([shapely.make_valid(s) for s in own.values()])
    for name, part in [
        ("gap", register.difference(everything)),
        ("too much", everything.difference(register)),
    ]:
        if wide(part.intersection(SEEN.buffer(-1)), OFF):
            complain(name, where)
    keys = list(parcels)
    shapes = [parcels[key] for key in keys]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for i, j in pairs.T:
        if i < j:
            looked["pairs"] += 1
            both = shapes[i].intersection(shapes[j])
            known = own[keys[i]].intersection(own[keys[j]])
            if wide(both) and wide(both.difference(known.buffer(1))):
                complain("overlap", where, ids=[keys[i], keys[j]])


def compare_sides(zoom, x, y):
    """A tile and those to its east and south agree on the strip that both draw."""
    for dx, dy in [(1, 0), (0, 1)]:
        here, there = tile(zoom, x, y), tile(zoom, x + dx, y + dy)
        strip = box(
            dx * (EXTENT - MARGIN) - (1 - dx) * MARGIN,
            dy * (EXTENT - MARGIN) - (1 - dy) * MARGIN,
            EXTENT + MARGIN,
            EXTENT + MARGIN,
        )
        for layer in ["parcels", "zones", "wards", "blocks", "roads", "restrictions"]:
            parts = []
            for layers, shift in [(here, 0), (there, EXTENT)]:
                shapes = [g for _, _, g in layers.get(layer, [])]
                moved = [affinity.translate(g, dx * shift, dy * shift) for g in shapes]
                parts.append(shapely.union_all(moved).intersection(strip))
            if wide(parts[0].symmetric_difference(parts[1])):
                complain("sides differ", f"{zoom}/{x}/{y} and +{dx}+{dy}", layer=layer)


def tiles_at(zoom):
    """The tiles within the bounds of the city; below the first with blocks those under blocks."""
    if zoom <= BLOCKS:
        least = limits[str(zoom)]
        columns = range(least["minTileCol"], least["maxTileCol"] + 1)
        rows = range(least["minTileRow"], least["maxTileRow"] + 1)
        return [(x, y) for x in columns for y in rows]
    parents = [(x, y) for x, y in tiles_at(zoom - 1) if "blocks" in tile(zoom - 1, x, y)]
    return [(2 * x + i, 2 * y + j) for x, y in parents for i in (0, 1) for j in (0, 1)]


def covered(zoom, tiles, layer):
    """Area that a layer covers at a zoom, in square units of the first zoom with parcels."""
    area = 0
    for x, y in tiles:
        shapes = [g for _, _, g in tile(zoom, x, y).get(layer, [])]
        area += shapely.union_all(shapes).intersection(ALL).area
    return area * 4 ** (PARCELS - zoom)


def ground(layer):
    """What a collection covers in the register, on the grid of the first tile."""
    items = f"/collections/{layer}/items?limit=1000" + ("" if MERCATOR else f"&crs={CRS}")
    features = json.loads(read(items))["features"]

    def on_tile(points):
        return [[place * EXTENT for place in tile_of(x, y, 0)] for x, y in points]

    shapes = [shape(feature["geometry"]) for feature in features if feature["geometry"]]
    placed = [shapely.transform(one, lambda p: on_tile(p.tolist())) for one in shapes]
    return shapely.union_all([shapely.make_valid(one) for one in placed])


def compare_ground(layer, zoom, own):
    """What a layer covers at a zoom, beside the register: an edge that is rounded moves by up to
    half a unit to either side, and edges move independently."""
    drawn = covered(zoom, tiles_at(zoom), layer) / 4 ** (PARCELS - zoom)
    unit = 2**zoom
    edges = [
        math.dist(a, b) * unit
        for polygon in shapely.get_parts(own)
        for ring in (polygon.exterior, *polygon.interiors)
        for a, b in zip(ring.coords, ring.coords[1:])
    ]
    off = math.sqrt(sum(edge**2 for edge in edges) / 12)
    area = own.area * unit**2
    grounds.setdefault(layer, []).append([round(area, 3), round(drawn, 3)])
    # From the first zoom with blocks on rounding leaves no excuse.
    allowed = 3 * off if zoom < BLOCKS or not MERCATOR else 0
    if abs(drawn - area) > 0.01 * area + allowed:
        complain("ground", str(zoom), layer=layer, drawn=drawn, register=area, rounding=off)


grounds = {}
described = json.loads(read(f"/tiles/{matrix_set}"))["tileMatrixSetLimits"]
limits = {one["tileMatrix"]: one for one in described}
whole = tiles_at(PARCELS)
found = {}
for x, y in whole:
    for key, _, _ in tile(PARCELS, x, y).get("parcels", []):
        found.setdefault(key, (x, y))
if len(found) != parcels_held:
    complain("parcels", str(PARCELS), found=len(found))

for zoom in range(0, FINEST + 1):
    tiles = tiles_at(zoom)
    if zoom <= PARCELS:
        chosen = choose.sample(tiles, min(TILES_A_ZOOM, len(tiles)))
    else:
        chosen = []
        for key in choose.sample(sorted(found), TILES_A_ZOOM):
            spot = exact(key, 0, 0, 0).representative_point()
            across = 2**zoom / EXTENT
            chosen.append((int(spot.x * across), int(spot.y * across)))
    for x, y in chosen:
        if zoom >= PARCELS:
            compare_with_register(tile(zoom, x, y), zoom, x, y)
        if zoom >= SIDES:
            compare_sides(zoom, x, y)

register = [shapely.make_valid(exact(key, PARCELS, 0, 0)) for key in found]
area = shapely.union_all(register).area
shares = {PARCELS: covered(PARCELS, whole, "parcels") / area}
for zoom in range(BLOCKS, PARCELS):
    shares[zoom] = covered(zoom, tiles_at(zoom), "blocks") / area
for zoom, share in shares.items():
    if abs(share - 1) > 0.01:
        complain("area", str(zoom), share=share)
for layer in ("wards", "zones"):
    own = ground(layer)
    for zoom in range(0, BLOCKS + 1):
        compare_ground(layer, zoom, own)
if looked["largest"] > LARGEST:
    complain("too large", "", bytes=looked["largest"])
print(json.dumps({"looked": looked, "wrong": wrong, "shares": shares, "grounds": grounds}))
