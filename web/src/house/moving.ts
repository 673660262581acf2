// Moving walls and corners: a wall goes along the walls beside it, so that they keep their direction.
import { along, at, counterClockwise, crossing, distance, isSimple, leftOf, moved, nearestOn, opposite, settled, turn, wayFrom, type Point, type Polygon, type Ring, type Way } from "./plane";

/** Away from the house. */
export const outwardOf = (ring: Ring, wall: number): Way => opposite(leftOf(wayFrom(at(ring, wall), at(ring, wall + 1))));

/** Without corners in which nothing turns, and without walls that have no length. */
export function tidied(ring: Ring): Ring {
  const apart = ring.filter((point, i) => distance(point, at(ring, i + 1)) > 0);
  const turning = apart.filter((point, i) => turn(at(apart, i - 1), point, at(apart, i + 1)) !== 0);
  return turning.length >= 3 ? turning : apart;
}

/** The ring with a wall moved outward by some millimetres; nothing when that is no shape. */
export function wallMoved(ring: Ring, wall: number, by: number, lot: readonly Polygon[]): Ring | undefined {
  const [before, from, to, after] = [at(ring, wall - 1), at(ring, wall), at(ring, wall + 1), at(ring, wall + 2)];
  const [way, out] = [wayFrom(from, to), outwardOf(ring, wall)];
  const on = moved(from, out, by);
  const first = crossing(on, way, from, wayFrom(before, from));
  const second = crossing(on, way, to, wayFrom(to, after));
  const settle = (place: Point) => settled(place, lot);
  // Where the wall goes on straight into the next, a step comes between them.
  const start = first ? [settle(first)] : [from, settle(on)];
  const end = second ? [settle(second)] : [settle(moved(to, out, by)), to];
  const walls: Point[] = [];
  ring.forEach((point, i) => {
    if (i === wall) walls.push(...start);
    else if (i === (wall + 1) % ring.length) walls.push(...end);
    else walls.push(point);
  });
  const next = by === 0 ? ring : tidied(walls);
  return isSimple(next) ? next : undefined;
}

/** How far outward a wall is pulled, held where it comes to lie on a corner of the lot. */
export function heldWall(ring: Ring, wall: number, by: number, lot: readonly Polygon[], reach: number): number {
  const out = outwardOf(ring, wall);
  const here = along(at(ring, wall), out);
  const corners = lot.flat(2).map((corner) => along(corner, out) - here);
  const near = corners.filter((own) => Math.abs(own - by) <= reach).sort((a, b) => Math.abs(a - by) - Math.abs(b - by));
  // Else on whole centimetres.
  return near[0] ?? Math.round(by / 10) * 10;
}

export function cornerMoved(ring: Ring, corner: number, to: Point, lot: readonly Polygon[]): Ring | undefined {
  const next = ring.map((point, i) => (i === corner ? settled(to, lot) : point));
  return isSimple(next) ? next : undefined;
}

/** A place held on a corner of the lot, or on its boundary, within reach. */
export function heldPlace(place: Point, lot: readonly Polygon[], reach: number): Point {
  const corners = lot.flat(2).filter((corner) => distance(corner, place) <= reach).sort((a, b) => distance(a, place) - distance(b, place));
  if (corners[0]) return corners[0];
  const edges = lot.flat().flatMap((ring) => ring.map((from, i) => nearestOn(place, from, at(ring, i + 1))));
  const near = edges.filter((own) => distance(own, place) <= reach).sort((a, b) => distance(a, place) - distance(b, place));
  return near[0] ?? place;
}

/** A corner more in the middle of a wall. */
export function split(ring: Ring, wall: number, lot: readonly Polygon[]): Ring {
  const [from, to] = [at(ring, wall), at(ring, wall + 1)];
  const middle = settled([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], lot);
  return [...ring.slice(0, wall + 1), middle, ...ring.slice(wall + 1)];
}

export function withoutCorner(ring: Ring, corner: number): Ring | undefined {
  const next = ring.filter((_, i) => i !== corner);
  return isSimple(next) ? next : undefined;
}

/** Directions in which the lot's edges go, longest first, and square to them. */
export function directionsOf(lot: readonly Polygon[]): Way[] {
  const edges = lot.flat().flatMap((ring) => ring.map((from, i) => ({ way: wayFrom(from, at(ring, i + 1)), long: distance(from, at(ring, i + 1)) })));
  const found: Way[] = [];
  for (const { way } of edges.sort((a, b) => b.long - a.long)) {
    for (const own of [way, leftOf(way)]) {
      const known = found.some((one) => Math.abs(one.east * own.north - one.north * own.east) < 0.004);
      if (!known) found.push(own);
    }
  }
  return found;
}

/** A tap leaves the last corner within this of a direction of the lot's edges: it takes it. */
const LEANING = Math.sin((9 * Math.PI) / 180);

/** Where a tap sets the next corner: on the lot's corners, else along a direction of its edges from
 * the last corner, as far as the lot's boundary or as square to the first corner where these are near. */
export function nextCorner(tapped: Point, corners: readonly Point[], lot: readonly Polygon[], reach: number): Point {
  const [first, last] = [corners[0], corners[corners.length - 1]];
  const onCorner = lot.flat(2).find((corner) => distance(corner, tapped) <= reach);
  if (onCorner) return onCorner;
  if (!first || !last) return settled(heldPlace(tapped, lot, reach), lot);
  const ways = directionsOf(lot);
  const asked = wayFrom(last, tapped);
  const lean = (way: Way) => Math.abs(way.east * asked.north - way.north * asked.east);
  const way = [...ways].sort((a, b) => lean(a) - lean(b))[0];
  if (!way || lean(way) > LEANING) return settled(heldPlace(tapped, lot, reach), lot);
  const own: Point = moved(last, way, along(tapped, way) - along(last, way));
  const ends: (Point | undefined)[] = lot.flat().flatMap((ring) => ring.map((from, i) => {
    const place = crossing(last, way, from, wayFrom(from, at(ring, i + 1)));
    return place && distance(nearestOn(place, from, at(ring, i + 1)), place) < 1 ? place : undefined;
  }));
  if (corners.length > 1) ends.push(...ways.map((other) => crossing(last, way, first, other)));
  const near = ends.filter((end): end is Point => end !== undefined && distance(end, own) <= reach);
  return settled(near.sort((a, b) => distance(a, own) - distance(b, own))[0] ?? own, lot);
}

/** Corners as a ring, when they are one. */
export function closedRing(corners: readonly Point[]): Ring | undefined {
  const ring = tidied(counterClockwise(corners));
  return isSimple(ring) ? ring : undefined;
}
