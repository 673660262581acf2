// A rectangle beside the front of a lot: lengths along the front and square to it.
import { along, areaM2, at, distance, isSimple, leftOf, moved, settled, wayFrom, type Point, type Polygon, type Ring, type Way } from "./plane";

/** A piece of the lot's outline, with the lot on its left. */
export interface Edge {
  facing: "road" | "side" | "rear";
  from: Point;
  to: Point;
  street: string | null;
}

/** The lot as the server derives it from the register. */
export interface Lot {
  polygons: readonly Polygon[];
  edges: readonly Edge[];
}

/** Where lengths begin: the left end of the front, seen from the street. */
export interface Frame {
  origin: Point;
  /** Along the front to the right. */
  along: Way;
  /** Into the lot. */
  into: Way;
  /** Whether there is a front at all; else the longest edge stands for it. */
  fronts: boolean;
}

/** Lengths of a rectangle in millimetres. */
export interface Lengths {
  width: number;
  depth: number;
  fromFront: number;
  fromSide: number;
}

export function frameOf({ edges }: Lot): Frame | undefined {
  const long = (edge: Edge) => distance(edge.from, edge.to);
  const longest = (some: readonly Edge[]) => [...some].sort((a, b) => long(b) - long(a))[0];
  const front = longest(edges.filter((edge) => edge.facing === "road"));
  const edge = front ?? longest(edges);
  if (!edge || long(edge) === 0) return undefined;
  const way = wayFrom(edge.from, edge.to);
  return { origin: edge.from, along: way, into: leftOf(way), fronts: front !== undefined };
}

/** A place by its distance along the front and into the lot. */
export function placeOf(frame: Frame, right: number, deep: number): Point {
  return moved(moved(frame.origin, frame.along, right), frame.into, deep);
}

export function lengthsAt(frame: Frame, p: Point): [right: number, deep: number] {
  const from: Point = [p[0] - frame.origin[0], p[1] - frame.origin[1]];
  return [along(from, frame.along), along(from, frame.into)];
}

/** The lot's own width between two depths: the greatest left and the least right boundary. */
function span(frame: Frame, lot: Lot, near: number, far: number): [left: number, right: number] | undefined {
  const [polygon] = [...lot.polygons].sort((a, b) => areaM2(b[0] ?? []) - areaM2(a[0] ?? []));
  const ring = (polygon?.[0] ?? []).map((p) => lengthsAt(frame, p));
  const inner = ring.map(([, deep]) => deep).filter((deep) => deep > near + 1 && deep < far - 1);
  const depths = [near + 0.5, far - 0.5, ...inner.flatMap((deep) => [deep - 0.5, deep + 0.5])];
  let [left, right] = [-Infinity, Infinity];
  for (const deep of depths) {
    const cuts = ring.flatMap(([r, d], i) => {
      const [nextRight, nextDeep] = at(ring, i + 1);
      return d > deep === nextDeep > deep ? [] : [r + ((deep - d) / (nextDeep - d)) * (nextRight - r)];
    }).sort((a, b) => a - b);
    if (cuts.length < 2) return undefined;
    // Of a lot that is cut several times, the widest stretch.
    let widest: [number, number] = [0, 0];
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const [a = 0, b = 0] = [cuts[i], cuts[i + 1]];
      if (b - a > widest[1] - widest[0]) widest = [a, b];
    }
    [left, right] = [Math.max(left, widest[0]), Math.min(right, widest[1])];
  }
  return right > left ? [left, right] : undefined;
}

/** The lengths by which rectangles were made: a corner lies up to a millimetre beside them. */
const made = new WeakMap<Ring, Lengths>();

/** A rectangle of some lengths; its distance from the side is that of its whole left wall. */
export function rectangle(frame: Frame, lot: Lot, lengths: Lengths): Ring | undefined {
  const { width, depth, fromFront, fromSide } = lengths;
  const [left] = span(frame, lot, fromFront, fromFront + depth) ?? [0];
  const [west, east] = [left + fromSide, left + fromSide + width];
  const corners = [[west, fromFront], [east, fromFront], [east, fromFront + depth], [west, fromFront + depth]] as const;
  const ring = corners.map(([right, deep]) => settled(placeOf(frame, right, deep), lot.polygons));
  made.set(ring, lengths);
  return isSimple(ring) ? ring : undefined;
}

/** The mean of the two least and of the two greatest of four. */
function means(values: number[]): [number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = [...values].sort((x, y) => x - y);
  return [(a + b) / 2, (c + d) / 2];
}

/** The lengths of a rectangle; of another shape those of its bounds beside the front. */
export function lengthsOf(frame: Frame, lot: Lot, ring: Ring): Lengths {
  const known = made.get(ring);
  if (known) return known;
  const places = ring.map((p) => lengthsAt(frame, p));
  const [rights, deeps] = [places.map(([r]) => r), places.map(([, d]) => d)];
  const straight = isRectangle(frame, ring);
  const ends = (values: number[]) => (straight ? means(values) : [Math.min(...values), Math.max(...values)] as const);
  const [[west, east], [near, far]] = [ends(rights), ends(deeps)];
  // Of a rectangle its whole left wall keeps the distance; of another shape its corners do.
  const beside = straight ? [[west, near, far] as const] : places.map(([right, deep]) => [right, Math.max(near, deep - 1), Math.min(far, deep + 1)] as const);
  const free = beside.map(([right, from, to]) => right - (span(frame, lot, from, to) ?? [0])[0]);
  return { width: east - west, depth: far - near, fromFront: near, fromSide: Math.min(...free) };
}

/** Whether a shape is a rectangle beside the front, but for rounding to the grid. */
export function isRectangle(frame: Frame, ring: Ring): boolean {
  if (ring.length !== 4) return false;
  const places = ring.map((p) => lengthsAt(frame, p));
  const near = (value: number, ends: number[]) => ends.some((end) => Math.abs(end - value) <= 2.5);
  return [0, 1].every((i) => {
    const values = places.map((place) => place[i] as number);
    const ends = [Math.min(...values), Math.max(...values)];
    return values.every((value) => near(value, ends));
  });
}

/** What is left free behind at first. */
const BEHIND_MM = 2_000;
/** Narrower is no house. */
const ROOM_MM = 1_500;
const CENTIMETRE = 10;
const DECIMETRE = 100;

/** The largest rectangle beside the front that leaves some metres free behind. */
export function firstRectangle(frame: Frame, lot: Lot): Ring | undefined {
  const deep = (p: Point) => lengthsAt(frame, p)[1];
  const deepest = Math.max(...lot.polygons.flat(2).map(deep));
  const behind = lot.edges.filter(({ facing }) => facing === "rear").flatMap(({ from, to }) => [deep(from), deep(to)]);
  // A slanted rear keeps its distance where it comes nearest; beside a cut corner it may lie in front.
  const ends = [Math.min(...behind), deepest].filter((end) => Number.isFinite(end) && end > 0);
  let best: Lengths | undefined;
  for (const end of ends) {
    for (let share = 1; share >= 0.1; share -= 0.05) {
      const depth = Math.floor(((end - Math.min(BEHIND_MM, end * 0.3)) * share) / DECIMETRE) * DECIMETRE;
      const free = depth > 0 ? span(frame, lot, 0, depth) : undefined;
      if (!free) continue;
      const width = Math.floor((free[1] - free[0]) / CENTIMETRE) * CENTIMETRE;
      if (width > 0 && (!best || width * depth > best.width * best.depth)) best = { width, depth, fromFront: 0, fromSide: 0 };
    }
    // The distance behind is kept where that leaves room for a house.
    if (best && Math.min(best.width, best.depth) >= ROOM_MM) break;
  }
  return best && rectangle(frame, lot, best);
}
