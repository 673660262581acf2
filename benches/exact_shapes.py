"""Exact shapes of the register, as src/geometry/blob.rs writes them, as WKB in metres."""

import struct


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def vertices(self):
        (count,) = self.take("I")
        numbers = self.take(f"{2 * count}i")
        return list(zip(numbers[::2], numbers[1::2]))

    def several(self, read):
        (count,) = self.take("I")
        return [read() for _ in range(count)]


def written(vertices):
    numbers = [number / 1000 for vertex in vertices for number in vertex]
    return struct.pack(f"<I{len(numbers)}d", len(vertices), *numbers)


def many(kind, each, parts):
    return struct.pack("<BII", 1, kind, len(parts)) + b"".join(each(part) for part in parts)


def point(vertex):
    return struct.pack("<BIdd", 1, 1, vertex[0] / 1000, vertex[1] / 1000)


def line(vertices):
    return struct.pack("<BI", 1, 2) + written(vertices)


def polygon(rings):
    closed = [written(ring + ring[:1]) for ring in rings]
    return struct.pack("<BII", 1, 3, len(rings)) + b"".join(closed)


def decoded(blob):
    """The plane's EPSG code, the dimension and the WKB of a shape."""
    reader = Reader(blob)
    magic, version, kind, epsg = reader.take("3sBBI")
    assert (magic, version) == (b"DCS", 1)
    if kind == 1:
        wkb = many(4, point, reader.vertices())
    elif kind == 2:
        wkb = many(5, line, reader.several(reader.vertices))
    else:
        wkb = many(6, polygon, reader.several(lambda: reader.several(reader.vertices)))
    assert reader.at == len(blob)
    return epsg, kind - 1, wkb


def all_decoded(shape, others):
    """The shapes of a feature on all its planes."""
    shapes, rest = [decoded(shape)], others or b""
    while rest:
        (length,) = struct.unpack_from("<I", rest)
        shapes.append(decoded(rest[4:4 + length]))
        rest = rest[4 + length:]
    return shapes
