// Shapes on the parcel's plane in whole millimetres, counted from a corner of the parcel: numbers
// stay so small that every product of two is exact, and what is told "inside" is.

export type Point = readonly [number, number];
/** Counter-clockwise, no vertex repeated. */
export type Ring = readonly Point[];
/** Rings of one polygon, its shell first. */
export type Polygon = readonly Ring[];

/** Twice the area of a triangle, positive when c lies to the left of the way from a to b. */
export const turn = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

export const at = <T>(list: readonly T[], i: number): T => list[((i % list.length) + list.length) % list.length] as T;

export const distance = (a: Point, b: Point): number => Math.hypot(b[0] - a[0], b[1] - a[1]);

/** Twice the area that a ring encloses, positive when it goes counter-clockwise. */
export function twiceArea(ring: Ring): number {
  const origin = ring[0] ?? [0, 0];
  return ring.reduce((sum, point, i) => sum + turn(origin, point, at(ring, i + 1)), 0);
}

export const areaM2 = (ring: Ring): number => twiceArea(ring) / 2e6;

export const counterClockwise = (ring: Ring): Ring => (twiceArea(ring) < 0 ? [...ring].reverse() : ring);

const between = (p: Point, a: Point, b: Point): boolean =>
  Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);

/** Whether a vertex lies in a polygon or on its boundary; exact. */
export function covers(polygon: Polygon, p: Point): boolean {
  let inside = false;
  for (const ring of polygon) {
    for (let i = 0; i < ring.length; i += 1) {
      const [a, b] = [at(ring, i), at(ring, i + 1)];
      const side = turn(a, b, p);
      if (side === 0 && between(p, a, b)) return true;
      if (a[1] > p[1] !== b[1] > p[1] && (side > 0) === (b[1] > a[1])) inside = !inside;
    }
  }
  return inside;
}

/** Whether two segments have a place in common. */
function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [p, q, r, s] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (p === 0 && between(c, a, b)) return true;
  if (q === 0 && between(d, a, b)) return true;
  if (r === 0 && between(a, c, d)) return true;
  if (s === 0 && between(b, c, d)) return true;
  return p > 0 !== q > 0 && r > 0 !== s > 0 && p !== 0 && q !== 0 && r !== 0 && s !== 0;
}

/** Whether a ring goes around some ground once, counter-clockwise, and meets itself nowhere. */
export function isSimple(ring: Ring): boolean {
  const n = ring.length;
  if (n < 3 || twiceArea(ring) <= 0) return false;
  for (let i = 0; i < n; i += 1) {
    const [a, b, c] = [at(ring, i), at(ring, i + 1), at(ring, i + 2)];
    // No edge without length, and none that goes back on the one before.
    if (a[0] === b[0] && a[1] === b[1]) return false;
    if (turn(a, b, c) === 0 && (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0) return false;
    for (let k = i + 2; k < n && (i > 0 || k < n - 1); k += 1) {
      if (meet(a, b, at(ring, k), at(ring, k + 1))) return false;
    }
  }
  return true;
}

export interface Way {
  east: number;
  north: number;
}

/** One step of one millimetre from one place towards another. */
export function wayFrom(a: Point, b: Point): Way {
  const long = distance(a, b);
  return long === 0 ? { east: 1, north: 0 } : { east: (b[0] - a[0]) / long, north: (b[1] - a[1]) / long };
}

export const leftOf = ({ east, north }: Way): Way => ({ east: -north, north: east });
export const opposite = ({ east, north }: Way): Way => ({ east: -east, north: -north });
export const along = (p: Point, way: Way): number => p[0] * way.east + p[1] * way.north;
export const moved = (p: Point, way: Way, by: number): Point => [p[0] + by * way.east, p[1] + by * way.north];

/** The nearest place of a segment; not on the grid. */
export function nearestOn(p: Point, a: Point, b: Point): Point {
  const [east, north] = [b[0] - a[0], b[1] - a[1]];
  const square = east * east + north * north;
  const share = square === 0 ? 0 : ((p[0] - a[0]) * east + (p[1] - a[1]) * north) / square;
  const kept = Math.max(0, Math.min(1, share));
  return [a[0] + kept * east, a[1] + kept * north];
}

/** Where the line through a place meets another line; nothing where they are nearly parallel. */
export function crossing(p: Point, way: Way, q: Point, other: Way): Point | undefined {
  const sine = way.east * other.north - way.north * other.east;
  if (Math.abs(sine) < 0.1) return undefined;
  const far = ((q[0] - p[0]) * other.north - (q[1] - p[1]) * other.east) / sine;
  return moved(p, way, far);
}

/** How far beside the grid a place of the lot's boundary can come to lie. */
const GRID_MM = 1.5;

/** A place on the grid. What lies in the lot or on its boundary stays there, so that a wall along the
 * boundary never stands beyond it by a part of a millimetre. */
export function settled(place: Point, lot: readonly Polygon[]): Point {
  // Zero has no sign on the grid.
  const middle: Point = [Math.round(place[0]) + 0, Math.round(place[1]) + 0];
  if (lot.some((polygon) => covers(polygon, middle))) return middle;
  const near: Point[] = [];
  for (let east = -2; east <= 2; east += 1) {
    for (let north = -2; north <= 2; north += 1) near.push([middle[0] + east, middle[1] + north]);
  }
  const kept = near
    .filter((point) => distance(point, place) <= GRID_MM && lot.some((polygon) => covers(polygon, point)))
    .sort((a, b) => distance(a, place) - distance(b, place));
  return kept[0] ?? middle;
}
