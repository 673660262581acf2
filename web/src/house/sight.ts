// From the parcel's plane to longitude and latitude and back, for drawing and for pointing only.
//
// The server says every vertex of the parcel in both systems. Over a lot the way between them is an
// affine one to less than a millimetre, so it is taken from these vertices by least squares; nothing
// is projected here, and what is asked of the server is always on the plane.
import type { Degrees, Parcel } from "../api/answer";
import type { Point } from "./plane";

export interface Sight {
  degrees(place: Point): Degrees;
  place(degrees: Degrees): Point;
}

/** One coordinate as a plane over two others. */
type Fit = [constant: number, first: number, second: number];

function fit(rows: readonly (readonly [number, number, number])[]): Fit {
  const n = rows.length;
  const mean = [0, 1, 2].map((i) => rows.reduce((sum, row) => sum + (row[i] as number), 0) / n) as [number, number, number];
  let [aa, ab, bb, ac, bc] = [0, 0, 0, 0, 0];
  for (const row of rows) {
    const [a, b, c] = [row[0] - mean[0], row[1] - mean[1], row[2] - mean[2]];
    [aa, ab, bb, ac, bc] = [aa + a * a, ab + a * b, bb + b * b, ac + a * c, bc + b * c];
  }
  const determinant = aa * bb - ab * ab;
  const [first, second] = [(ac * bb - bc * ab) / determinant, (bc * aa - ac * ab) / determinant];
  return [mean[2] - first * mean[0] - second * mean[1], first, second];
}

/** Where the millimetres are counted from: the parcel's first vertex, in millimetres of its plane. */
export function originOf(parcel: Parcel): Point {
  const [east, north] = parcel.shape[0]?.[0]?.[0] ?? [0, 0];
  return [Math.round(east * 1000), Math.round(north * 1000)];
}

export const localOf = (origin: Point, [east = 0, north = 0]: readonly number[]): Point =>
  [Math.round(east * 1000) - origin[0], Math.round(north * 1000) - origin[1]];

/** Metres on the plane, as the server takes and writes them. */
export const metresOf = (origin: Point, [east, north]: Point): [number, number] =>
  [(east + origin[0]) / 1000, (north + origin[1]) / 1000];

export function sightOf(parcel: Parcel): Sight {
  const origin = originOf(parcel);
  const places = parcel.shape.flat(2).map((metres) => localOf(origin, metres));
  const seen = parcel.outline.flat(2);
  const [lon0, lat0] = seen[0] ?? [0, 0];
  const pairs = places.map((place, i) => [place, [(seen[i]?.[0] ?? 0) - lon0, (seen[i]?.[1] ?? 0) - lat0]] as const);
  const lon = fit(pairs.map(([[x, y], [l]]) => [x, y, l as number] as const));
  const lat = fit(pairs.map(([[x, y], [, p]]) => [x, y, p as number] as const));
  const determinant = lon[1] * lat[2] - lon[2] * lat[1];
  return {
    degrees: ([x, y]) => [lon0 + lon[0] + lon[1] * x + lon[2] * y, lat0 + lat[0] + lat[1] * x + lat[2] * y],
    place: ([l, p]) => {
      const [a, b] = [l - lon0 - lon[0], p - lat0 - lat[0]];
      return [(a * lat[2] - b * lon[2]) / determinant, (b * lon[1] - a * lat[1]) / determinant];
    },
  };
}
