// What was found, as shapes for the map: outlines, edges with their lengths, the place asked for.
import type { Feature, FeatureCollection } from "geojson";
import type { Degrees, Parcel } from "../api/answer";
import { edgesOf } from "../drawing/measure";
import type { Question } from "../question";
import type { Bounds } from "../settings";

export type Collection = FeatureCollection;

export const collection = (features: Feature[]): Collection => ({ type: "FeatureCollection", features });

/** Pixels that one metre takes at zoom 0 on the equator, at 512 pixels for the whole world. */
const PIXELS_OF_A_METRE = 512 / 40_075_016.686;

/** The zoom from which a length in metres takes that many pixels. */
export function zoomFor(metres: number, pixels: number, lat: number): number {
  return Math.log2((pixels * Math.cos((lat * Math.PI) / 180)) / (metres * PIXELS_OF_A_METRE));
}

const closed = (ring: Degrees[]): number[][] => [...ring, ring[0] as Degrees].map(([lon, lat]) => [lon, lat]);

export function outlinesOf(parcels: readonly Parcel[]): Collection {
  return collection(parcels.map((parcel) => ({
    type: "Feature",
    properties: { id: parcel.id, number: parcel.asMap.number },
    geometry: { type: "MultiPolygon", coordinates: parcel.outline.map((rings) => rings.map(closed)) },
  })));
}

/** Each edge by its middle: its length in metres on the plane, which way it turns, from which zoom
 * there is room for its length; before, the table of vertices tells it. `text` writes a length. */
export function edgesFor(parcel: Pick<Parcel, "shape" | "outline">, text: (metres: number) => string): Collection {
  const features: Feature[] = [];
  parcel.shape.forEach((polygon, part) => polygon.forEach((ring, i) => {
    const outline = parcel.outline[part]?.[i];
    if (outline?.length !== ring.length) return;
    edgesOf(ring, i > 0).forEach((edge, n) => {
      const [from, to] = [outline[n] as Degrees, outline[(n + 1) % outline.length] as Degrees];
      const said = text(edge.length);
      // As the edge lies on the map, turned so that its length is never upside down.
      const [east, north] = [(to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180), to[1] - from[1]];
      let turn = (Math.atan2(-north, east) * 180) / Math.PI;
      if (turn > 90) turn -= 180;
      if (turn <= -90) turn += 180;
      const up = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)] as const;
      features.push({
        type: "Feature",
        properties: {
          text: said, turn, above: edge.outward[0] * up[0] + edge.outward[1] * up[1] >= 0,
          // Up to a third longer than its edge it can still be told whose it is.
          from: zoomFor(edge.length, said.length * 7.4 + 4, from[1]) - 0.4,
        },
        geometry: { type: "Point", coordinates: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] },
      });
    });
  }));
  return collection(features);
}

/** Those of which there is room for the length at a zoom. */
export function roomyAt(zoom: number, edges: Collection): Collection {
  return collection(edges.features.filter(({ properties }) => (properties?.from as number) <= zoom));
}

/** The position asked for, and the circle in which it may lie. */
export function askedAt(question: Question): Collection {
  if (question.by !== "position") return collection([]);
  const { lon, lat, accuracy } = question;
  const features: Feature[] = [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [lon, lat] } }];
  if (accuracy) features.unshift({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [circle(lon, lat, accuracy)] } });
  return collection(features);
}

const METRES_OF_A_DEGREE = 111_195;

function circle(lon: number, lat: number, metres: number): number[][] {
  const [high, wide] = [metres / METRES_OF_A_DEGREE, metres / METRES_OF_A_DEGREE / Math.cos((lat * Math.PI) / 180)];
  const steps = 64;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const turn = (2 * Math.PI * (i % steps)) / steps;
    return [lon + wide * Math.sin(turn), lat + high * Math.cos(turn)];
  });
}

/** Around all that was found and the place that was asked for; nothing for neither. */
export function boundsOfFound(parcels: readonly Parcel[], question: Question): Bounds | undefined {
  const places: Bounds[] = parcels.map((parcel) => parcel.degrees);
  if (question.by === "position") {
    const { lon, lat } = question;
    const high = (question.accuracy ?? 0) / METRES_OF_A_DEGREE;
    places.push([lon - high, lat - high, lon + high, lat + high]);
  }
  if (places.length === 0) return undefined;
  return places.reduce<Bounds>((all, one) => [
    Math.min(all[0], one[0]), Math.min(all[1], one[1]), Math.max(all[2], one[2]), Math.max(all[3], one[3]),
  ], [Infinity, Infinity, -Infinity, -Infinity]);
}

/** Bounds with room for what lies beside them: at least 32 m wide; the server draws what comes with
 * the page in the same frame. */
export function frameAround([west, south, east, north]: Bounds): Bounds {
  const [lon, lat] = [(west + east) / 2, (south + north) / 2];
  const least = 16 / METRES_OF_A_DEGREE;
  const wide = Math.max((east - west) * 0.8, least / Math.cos((lat * Math.PI) / 180));
  const high = Math.max((north - south) * 0.8, least);
  return [lon - wide, lat - high, lon + wide, lat + high];
}
