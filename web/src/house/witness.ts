// What shows a verdict on the ground, in millimetres beside the parcel.
import type { Check } from "./check";
import type { Drawn } from "./drawn";
import { localOf } from "./sight";
import { areaM2, at, distance, turn, twiceArea, type Point, type Ring } from "./plane";

export interface Witness {
  quantity: string;
  text: string;
  outcome: string;
  area: boolean;
  rings: Point[][];
  /** Whether it is the house as a whole, which needs no filling to be seen. */
  whole: boolean;
}

/** What is narrower than this cannot be seen on a map, and would be filled wrongly. */
const NARROW_MM = 10;

const outlineMm = (ring: Ring) => ring.reduce((sum, point, i) => sum + distance(point, at(ring, i + 1)), 0);

/** A ring without corners from which the outline comes back on its own way. */
function withoutSpikes(ring: Point[]): Point[] {
  const isSpike = (i: number) => {
    const [before, point, after] = [at(ring, i - 1), at(ring, i), at(ring, i + 1)];
    const [there, back] = [distance(before, point), distance(point, after)];
    const returns = (point[0] - before[0]) * (after[0] - point[0]) + (point[1] - before[1]) * (after[1] - point[1]) < 0;
    return returns && Math.abs(turn(before, point, after)) < NARROW_MM * Math.max(there, back);
  };
  const spike = ring.findIndex((_, i) => isSpike(i));
  return spike < 0 || ring.length <= 3 ? ring : withoutSpikes(ring.filter((_, i) => i !== spike));
}

type Geometry = { type: string; coordinates: unknown };

function ringsOf(geometry: Geometry, origin: Point): { area: boolean; rings: Point[][] } {
  const local = (line: unknown) => (line as number[][]).map((metres) => localOf(origin, metres));
  if (geometry.type === "LineString") return { area: false, rings: [local(geometry.coordinates)] };
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = (polygons as unknown[][]).flat().map((ring) => withoutSpikes(local(ring).slice(0, -1)));
  const wide = rings.filter((ring) => Math.abs(twiceArea(ring)) > NARROW_MM * outlineMm(ring));
  return { area: true, rings: wide.length > 0 ? wide : rings };
}

/** All that can be shown of an answer. */
export function witnesses({ standing, verdicts }: Check, origin: Point, house: Ring): Witness[] {
  const told: [string, string, string, unknown][] = [["standing", standing.text, standing.outcome, standing.witness]];
  verdicts.forEach((one) => told.push([one.quantity, one.quantityText, one.outcome, one.witness]));
  return told.flatMap(([quantity, text, outcome, geometry]) => {
    if (!geometry) return [];
    const shape = ringsOf(geometry as Geometry, origin);
    const share = Math.abs(areaM2(shape.rings[0] ?? [])) / areaM2(house);
    return [{ quantity, text, outcome, ...shape, whole: shape.area && share > 0.95 }];
  });
}

/** What does not conform, or lies near a bound. */
export function failing({ answer, origin, ring, problem }: Drawn): Witness[] {
  if (!answer || !ring || problem) return [];
  return witnesses(answer, origin, ring).filter(({ outcome }) => outcome === "fail" || outcome === "marginal");
}

/** What is shown on the map: what fails, and what was opened in the list. */
export function shownOn(state: Drawn): Witness[] {
  if (!state.answer || !state.ring || state.problem) return [];
  const bad = failing(state);
  const opened = witnesses(state.answer, state.origin, state.ring).filter(({ quantity }) => quantity === state.shown && !bad.some((one) => one.quantity === quantity));
  return [...bad, ...opened];
}
