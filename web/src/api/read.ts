// From the wire to what the page shows: the only file that knows how an answer travels.
import type { Answer, Descent, History, Key, LandUse, Metres, Neighbour, Nothing, Parcel, Shape, Suggestion, Version, WardName } from "./answer";

type Wire = Record<string, unknown>;

const record = (value: unknown): Wire => (typeof value === "object" && value !== null ? (value as Wire) : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

/** A property only when there is a value. */
function given<K extends string, V>(key: K, value: V | undefined | ""): { [P in K]?: V } {
  return (value === undefined || value === "" ? {} : { [key]: value }) as { [P in K]?: V };
}

function ward(value: unknown): WardName {
  const said = record(value);
  return { code: text(said.code), name: text(said.name) };
}

function key(value: unknown): Key {
  const said = record(value);
  return { commune: ward(said.commune), sheet: text(said.sheet), number: text(said.number) };
}

function landUse(value: unknown): LandUse {
  const said = record(value);
  const form = text(said.form);
  return {
    code: text(said.code),
    ...given("name", text(said.name)),
    ...given("area", number(said.area)),
    ...given("form", form === "private" || form === "common" ? form : undefined),
    ...given("until", text(said.until)),
  };
}

/** Rings without their repeated last vertex. */
function shape(value: unknown): Shape {
  return list(value).map((polygon) =>
    list(polygon).map((ring) => {
      const vertices = list(ring).map((v): Metres => [Number(list(v)[0]), Number(list(v)[1])]);
      const [first, last] = [vertices[0], vertices[vertices.length - 1]];
      const closed = first && last && vertices.length > 1 && first[0] === last[0] && first[1] === last[1];
      return closed ? vertices.slice(0, -1) : vertices;
    }),
  );
}

function neighbour(value: unknown): Neighbour {
  const said = record(value);
  return { id: text(said.id), sheet: text(said.sheet), number: text(said.number), shape: shape(said.polygons) };
}

function envelope(value: unknown): [number, number, number, number] {
  const found: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    const [lon, lat] = part as unknown[];
    if (typeof lon === "number" && typeof lat === "number") {
      found[0] = Math.min(found[0], lon);
      found[1] = Math.min(found[1], lat);
      found[2] = Math.max(found[2], lon);
      found[3] = Math.max(found[3], lat);
    } else {
      part.forEach(visit);
    }
  };
  visit(value);
  return found;
}

export function readParcel(value: unknown): Parcel {
  const feature = record(value);
  const said = record(feature.properties);
  const plane = record(said.plane);
  return {
    id: text(feature.id),
    ...given("matchedBy", text(said.matchedBy)),
    ...given("circleShare", number(said.circleShare)),
    ward: ward(said.ward),
    asMap: key(said.asMap),
    ...given("asCertificate", said.asCertificate ? key(said.asCertificate) : undefined),
    ...given("nationalIdentifier", text(said.nationalIdentifier)),
    status: text(said.status),
    scale: number(said.scale) ?? 0,
    ...given("registeredArea", number(said.registeredArea)),
    measuredArea: number(said.measuredArea) ?? 0,
    ...given("areaTolerance", number(said.areaTolerance)),
    areaDiffers: said.areaDiffers === true,
    landUse: list(said.landUse).map(landUse),
    epsg: number(plane.epsg) ?? 0,
    ...given("operation", text(plane.operation)),
    shape: shape(plane.polygons),
    neighbours: list(said.neighbours).map(neighbour),
    validFrom: text(said.validFrom),
    ...given("validTo", text(said.validTo)),
    degrees: envelope(record(feature.geometry).coordinates),
    feature: value,
  };
}

function nothing(value: unknown): Nothing | undefined {
  if (!value) return undefined;
  const said = record(value);
  return {
    reason: text(said.reason),
    ...given("name", text(said.name)),
    ...given("ward", said.ward ? ward(said.ward) : undefined),
  };
}

function suggestion(value: unknown): Suggestion {
  const said = record(value);
  return { kind: text(said.kind), label: text(said.label), became: list(said.became).map(text), q: text(said.q) };
}

/** A collection of a lookup, or the single feature of a parcel. */
export function readAnswer(value: unknown): Answer {
  const said = record(value);
  const features = said.type === "Feature" ? [said] : list(said.features);
  const nothingHere = nothing(said.nothingHere);
  return {
    revision: number(said.revision) ?? 0,
    date: text(said.date),
    synthetic: said.synthetic === true,
    parcels: features.map(readParcel),
    ...given("nothing", nothingHere),
    suggestions: list(said.suggestions).map(suggestion),
  };
}

function version(value: unknown): Version {
  const parcel = readParcel(value);
  return {
    validFrom: parcel.validFrom,
    ...given("validTo", parcel.validTo),
    sheet: parcel.asMap.sheet,
    number: parcel.asMap.number,
    ward: parcel.ward,
    ...given("registeredArea", parcel.registeredArea),
    measuredArea: parcel.measuredArea,
    landUse: parcel.landUse.map((line) => line.code),
  };
}

function descent(value: unknown): Descent {
  const said = record(value);
  return { predecessor: text(said.predecessor), successor: text(said.successor), kind: text(said.kind), date: text(said.day) };
}

export function readHistory(value: unknown): History {
  const said = record(value);
  return { versions: list(said.features).map(version), lineage: list(said.lineage).map(descent) };
}
