// Measures of a shape on its plane: bounds, edges, perimeter, a point for its label.
import type { Metres, Shape } from "../api/answer";

export interface Bounds {
  west: number;
  south: number;
  east: number;
  north: number;
}

export interface Edge {
  from: Metres;
  to: Metres;
  length: number;
  /** Unit vector that points away from the shape. */
  outward: Metres;
}

export function boundsOf(shape: Shape): Bounds {
  const bounds = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [x, y] of shape.flat(2)) {
    bounds.west = Math.min(bounds.west, x);
    bounds.south = Math.min(bounds.south, y);
    bounds.east = Math.max(bounds.east, x);
    bounds.north = Math.max(bounds.north, y);
  }
  return bounds;
}

/** Positive for a counter-clockwise ring. */
export function signedArea(ring: readonly Metres[]): number {
  const [ox, oy] = ring[0] ?? [0, 0];
  let twice = 0;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] as Metres;
    twice += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
  });
  return twice / 2;
}

/** The edges of a ring; `hole` turns outward around, since the shape lies outside of a hole. */
export function edgesOf(ring: readonly Metres[], hole: boolean): Edge[] {
  const side = (signedArea(ring) >= 0 ? 1 : -1) * (hole ? -1 : 1);
  return ring.map((from, i) => {
    const to = ring[(i + 1) % ring.length] as Metres;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dx, dy);
    const outward: Metres = length === 0 ? [0, 0] : [(side * dy) / length, (side * -dx) / length];
    return { from, to, length, outward };
  });
}

export function perimeterOf(shape: Shape): number {
  return shape.flat().reduce((sum, ring) => sum + edgesOf(ring, false).reduce((s, e) => s + e.length, 0), 0);
}

/** The part of a ring inside of bounds (Sutherland and Hodgman). */
export function clip(ring: readonly Metres[], to: Bounds): Metres[] {
  const sides: [0 | 1, number, 1 | -1][] = [
    [0, to.west, 1], [0, to.east, -1], [1, to.south, 1], [1, to.north, -1],
  ];
  return sides.reduce<Metres[]>((left, [axis, at, sign]) => {
    const inside = (p: Metres) => sign * (p[axis] - at) >= 0;
    return left.flatMap((p, i) => {
      const before = left[(i + left.length - 1) % left.length] as Metres;
      if (inside(p) === inside(before)) return inside(p) ? [p] : [];
      const t = (at - before[axis]) / (p[axis] - before[axis]);
      const crossing: Metres = [before[0] + t * (p[0] - before[0]), before[1] + t * (p[1] - before[1])];
      return inside(p) ? [crossing, p] : [crossing];
    });
  }, [...ring]);
}

function isInside([x, y]: Metres, ring: readonly Metres[]): boolean {
  let inside = false;
  ring.forEach(([ax, ay], i) => {
    const [bx, by] = ring[(i + 1) % ring.length] as Metres;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  return inside;
}

/** Spots from which a label keeps its distance. */
export interface Taken {
  spots: Metres[];
  distance: number;
}

/** A place inside of the ring with much room around it, and how much: the best of a grid. */
export function roomiest(ring: readonly Metres[], taken?: Taken): { at: Metres; room: number } | undefined {
  if (ring.length < 3) return undefined;
  const bounds = boundsOf([[ring as Metres[]]]);
  const steps = 14;
  let best: { at: Metres; room: number } | undefined;
  for (let i = 1; i < steps; i += 1) {
    for (let j = 1; j < steps; j += 1) {
      const at: Metres = [
        bounds.west + ((bounds.east - bounds.west) * i) / steps,
        bounds.south + ((bounds.north - bounds.south) * j) / steps,
      ];
      if (!isInside(at, ring)) continue;
      if (taken?.spots.some(([x, y]) => Math.hypot(at[0] - x, at[1] - y) < taken.distance)) continue;
      const room = Math.min(...edgesOf(ring, false).map((e) => distance(at, e)));
      // A little more room is not worth leaving the middle for.
      const middle = Math.hypot(i / steps - 0.5, j / steps - 0.5);
      if (!best || room * (1 - 0.3 * middle) > best.room) best = { at, room: room * (1 - 0.3 * middle) };
    }
  }
  return best;
}

function distance([x, y]: Metres, { from, to, length }: Edge): number {
  if (length === 0) return Math.hypot(x - from[0], y - from[1]);
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const t = Math.max(0, Math.min(1, ((x - from[0]) * dx + (y - from[1]) * dy) / (length * length)));
  return Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
}
