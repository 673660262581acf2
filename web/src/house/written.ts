// A house as it stands in the address of the page: parcel, plane, outline, what is told of it.
// Only signs that an address needs no escape for: `1157*9210*<outline>*storeys-3*work-new`.
import { isSimple, type Point, type Ring } from "./plane";

/** What is told of a house: sizes by the names of a check's `building`, the rest by parameters of rules. */
export type Fields = Readonly<Record<string, string>>;

export interface Written {
  ring: Ring | undefined;
  fields: Fields;
  /** Whether a part of it cannot be read. */
  cut: boolean;
}

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const VALUE = /^[A-Za-z0-9_.]+$/;
/** More than any house has. */
const CORNERS = 200;
const FIELDS = 100;
/** Farther from its parcel no house is drawn, in millimetres. */
const FAR = 10_000_000;

export function write(parcel: string, epsg: number, ring: Ring | undefined, fields: Fields): string {
  let before: Point = [0, 0];
  // Each corner by how far it lies from the one before, the first from the parcel's first vertex.
  const steps = (ring ?? []).map((corner) => {
    const step = [corner[0] - before[0], corner[1] - before[1]];
    before = corner;
    return step.map((mm) => mm.toString(36)).join(".");
  });
  const told = Object.entries(fields).filter(([, value]) => VALUE.test(value)).map(([name, value]) => `${name}-${value}`);
  return [parcel, String(epsg), steps.join("."), ...told].join("*");
}

/** What an address says of a house on this parcel and plane; nothing where it says something else. */
export function read(text: string, parcel: string, epsg: number): Written | undefined {
  const [of, plane, outline = "", ...told] = text.split("*");
  if (of !== parcel || (plane !== undefined && plane !== String(epsg)) || told.length > FIELDS) return undefined;
  const fields: Record<string, string> = {};
  for (const one of told) {
    const [name = "", ...rest] = one.split("-");
    const value = rest.join("-");
    if (NAME.test(name) && VALUE.test(value)) fields[name] = value;
  }
  const ring = ringOf(outline);
  const cut = (outline !== "" && ring === undefined) || Object.keys(fields).length < told.length;
  return { ring, fields, cut };
}

function ringOf(outline: string): Ring | undefined {
  const steps = outline.split(".");
  if (outline === "" || steps.length % 2 !== 0 || steps.length > 2 * CORNERS) return undefined;
  if (!steps.every((step) => /^-?[0-9a-z]{1,6}$/.test(step))) return undefined;
  const ring: Point[] = [];
  let [east, north] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    east += Number.parseInt(steps[i] as string, 36);
    north += Number.parseInt(steps[i + 1] as string, 36);
    ring.push([east, north]);
  }
  const near = ring.every((corner) => Math.max(Math.abs(corner[0]), Math.abs(corner[1])) < FAR);
  return near && isSimple(ring) ? ring : undefined;
}
