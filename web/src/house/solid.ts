// The drawing in space: tilted and turned, what may be built and the house as bodies with heights.
import type * as maplibre from "maplibre-gl";
import type { Feature } from "geojson";
import { useEffect, useRef, type RefObject } from "react";
import type { Parcel } from "../api/answer";
import { collection, type Collection } from "../map/found";
import { drawn, type Drawn } from "./drawn";
import { outlinesOf, type Envelope } from "./envelope";
import type { Point, Ring } from "./plane";
import type { Sight } from "./sight";

/** How far the map is tilted, in degrees. */
const TILT = 52;
/** From where it is looked at, in degrees. */
const BEARING = -30;
/** A body without a limit of its height is drawn so far above where it begins, in metres. */
export const OPEN_M = 10;
/** Pixels of a tile, metres around the equator. */
const TILE_PX = 512;
const AROUND_M = 40_075_016.7;

/** Up to where a level is drawn, in metres above the planned ground. */
export const topOf = ({ fromM, toM }: Envelope["levels"][number]): number => (toM == null ? Number(fromM) + OPEN_M : Number(toM));

/** The height of the house in metres, once it is told. */
export function heightOf({ fields }: Drawn): number | undefined {
  const told = Number(fields.ridgeHeightM ?? Number.NaN);
  return Number.isFinite(told) && told > 0 ? told : undefined;
}

/** The levels as bodies, each from where it begins to where it ends. */
export const levelBodies = (envelope: Envelope | undefined, state: Drawn, sight: Sight): Collection => collection((envelope?.levels ?? []).map((level, i): Feature => ({
  type: "Feature",
  properties: { from: Number(level.fromM), to: topOf(level), upper: i > 0 },
  geometry: { type: "MultiPolygon", coordinates: outlinesOf(level, state).map((rings) => rings.map((ring) => [...ring, ...ring.slice(0, 1)].map((point) => [...sight.degrees(point)]))) },
})));

/** Walls on the very edge of what may be built are drawn so much nearer to their middle, so that both
 * can be seen. */
const WITHIN = 0.985;

function within(ring: Ring): Point[] {
  const middle = [0, 1].map((axis) => ring.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / ring.length);
  return ring.map(([x, y]): Point => [(middle[0] ?? x) + (x - (middle[0] ?? x)) * WITHIN, (middle[1] ?? y) + (y - (middle[1] ?? y)) * WITHIN]);
}

/** The house as a body; nothing while nobody has told how high it is. */
export function houseBody(state: Drawn, sight: Sight): Collection {
  const to = heightOf(state);
  const { ring } = state;
  if (!ring || to === undefined) return collection([]);
  const walls = within(ring);
  const closed = [...walls, ...walls.slice(0, 1)];
  return collection([{ type: "Feature", properties: { to }, geometry: { type: "Polygon", coordinates: [closed.map((point) => [...sight.degrees(point)])] } }]);
}

interface View {
  padding: RefObject<Required<maplibre.PaddingOptions>>;
  covered: number;
}

/** Tilts the map so that the highest body has room, and lays it flat again as it was. */
export function useTilt(map: maplibre.Map | undefined, parcel: Parcel, solid: boolean, highest: number, { padding, covered }: View): void {
  useEffect(() => {
    if (!map || !solid) return undefined;
    const before = { center: map.getCenter(), zoom: map.getZoom() };
    map.setMaxPitch(60);
    // From above, so that no wall lies in the dark.
    map.setLight({ anchor: "viewport", position: [1.2, 200, 30], intensity: 0.22 });
    return () => {
      map.easeTo({ ...before, pitch: 0, bearing: 0, duration: 0 });
      map.setMaxPitch(0);
    };
  }, [map, solid]);
  useEffect(() => {
    if (map && solid) map.easeTo({ ...tilted(map, parcel, highest, { padding, covered }), bearing: BEARING + (drawn()?.turned ?? 0), duration: durationOf(700) });
  }, [map, parcel, solid, highest, padding, covered]);
}

/** Turns the view around the parcel as far as it has been turned; nothing while it is flat. */
export function useTurn(map: maplibre.Map | undefined, parcel: Parcel, turned: number | undefined): void {
  const at = useRef<number>(undefined);
  useEffect(() => {
    const before = at.current;
    at.current = turned;
    // It begins as it is tilted.
    if (map && before !== undefined && turned !== undefined && turned !== before) map.easeTo({ bearing: BEARING + turned, around: middleOf(parcel), duration: durationOf(400) });
  }, [map, parcel, turned]);
}

function middleOf({ degrees: [west, south, east, north] }: Parcel): [number, number] {
  return [(west + east) / 2, (south + north) / 2];
}

const durationOf = (ms: number): number => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : ms);

function tilted(map: maplibre.Map, parcel: Parcel, highest: number, { padding, covered }: View): maplibre.EaseToOptions {
  const [west, south, east, north] = parcel.degrees;
  const { clientWidth, clientHeight } = map.getCanvas();
  const { top, left, right } = padding.current;
  const free = { x: clientWidth - left - right, y: clientHeight - top - covered };
  const parallel = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const perDegree = AROUND_M / 360;
  // Turned, the lot may lie across.
  const wide = Math.hypot((east - west) * perDegree * parallel, (north - south) * perDegree);
  const tilt = (TILT * Math.PI) / 180;
  // What is nearer is drawn larger.
  const tall = 1.45 * (wide * Math.cos(tilt) + highest * Math.sin(tilt));
  const perPixel = Math.max((1.3 * wide) / free.x, tall / free.y);
  const zoom = Math.min(21, Math.log2((AROUND_M * parallel) / TILE_PX / perPixel));
  const rise = (highest * Math.sin(tilt)) / ((AROUND_M * parallel) / TILE_PX / 2 ** zoom);
  return {
    center: middleOf(parcel), zoom, pitch: TILT,
    offset: [(left - right) / 2, (top - covered) / 2 + rise / 2],
  };
}
