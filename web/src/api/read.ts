// From the wire to what the page shows: the only file that knows how an answer travels.
import type { Answer, Commune, Descent, History, Key, LandUse, Metres, Neighbour, Parcel, ReadAs, Shape, Version, WardName } from "./answer";
import type { components } from "./openapi";

type Wire = components["schemas"];
type Position = Wire["Position"];

/** A property only when there is a value. */
function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return (value === undefined || value === null || value === "" ? {} : { [key]: value }) as { [P in K]?: V };
}

function ward(said: Wire["Ward"]): WardName {
  return { code: said.code, name: said.name ?? said.code };
}

function commune(said: Wire["Commune"]): Commune {
  return { code: said.code, name: said.name ?? said.code, ...given("district", said.district) };
}

function readAs(said: Wire["ReadAs"]): ReadAs {
  const wards = (said.wards ?? []).map((one) => ({
    code: one.code ?? "", name: one.name, ...given("district", one.district), outcome: one.outcome, former: one.former, ...given("q", one.q),
  }));
  return { text: said.text, ambiguous: said.ambiguous, wards };
}

function key(said: Wire["ParcelKey"]): Key {
  return { commune: commune(said.commune), sheet: said.sheet, number: said.number };
}

function landUse(said: Wire["LandUse"]): LandUse {
  const form = said.form === "private" || said.form === "common" ? (said.form as "private" | "common") : undefined;
  return {
    code: said.code,
    ...given("name", said.name),
    ...given("area", said.area),
    ...given("form", form),
    ...given("until", said.until),
  };
}

/** Rings without their repeated last vertex. */
function shape(polygons: Position[][][]): Shape {
  return polygons.map((rings) =>
    rings.map((ring) => {
      const vertices = ring.map(([x = 0, y = 0]): Metres => [x, y]);
      const [first, last] = [vertices[0], vertices[vertices.length - 1]];
      const closed = first && last && vertices.length > 1 && first[0] === last[0] && first[1] === last[1];
      return closed ? vertices.slice(0, -1) : vertices;
    }),
  );
}

function neighbour(said: Wire["Neighbour"]): Neighbour {
  return { id: String(said.id), sheet: said.sheet, number: said.number, shape: shape(said.polygons) };
}

function partsOf(geometry: Wire["ParcelGeometry"]): Position[][][] {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

function envelope(geometry: Wire["ParcelGeometry"]): [number, number, number, number] {
  const found: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = 0, lat = 0] of partsOf(geometry).flat(2)) {
    found[0] = Math.min(found[0], lon);
    found[1] = Math.min(found[1], lat);
    found[2] = Math.max(found[2], lon);
    found[3] = Math.max(found[3], lat);
  }
  return found;
}

function parcel(feature: Wire["ParcelFeature"]): Parcel {
  const said = feature.properties;
  return {
    id: String(feature.id),
    ...given("matchedBy", said.matchedBy),
    ...given("circleShare", said.circleShare),
    ward: ward(said.ward),
    asMap: key(said.asMap),
    ...given("asCertificate", said.asCertificate && key(said.asCertificate)),
    ...given("nationalIdentifier", said.nationalIdentifier),
    status: said.status,
    scale: said.scale,
    ...given("registeredArea", said.registeredArea),
    measuredArea: said.measuredArea,
    ...given("areaTolerance", said.areaTolerance),
    ...given("areaDiffers", said.areaDiffers),
    landUse: said.landUse.map(landUse),
    epsg: said.plane.epsg,
    ...given("operation", said.plane.operation),
    shape: shape(said.plane.polygons),
    outline: shape(partsOf(feature.geometry)),
    neighbours: (said.neighbours ?? []).map(neighbour),
    validFrom: said.validFrom,
    ...given("validTo", said.validTo),
    degrees: envelope(feature.geometry),
    feature,
  };
}

/** The answer of a lookup. */
export function readCollection(body: unknown): Answer {
  const said = body as Wire["ParcelCollection"];
  const nothing = said.nothingHere;
  return {
    revision: said.revision,
    date: said.date,
    synthetic: said.synthetic,
    parcels: said.features.map(parcel),
    ...given("nothing", nothing && {
      reason: nothing.reason, ...given("likelyCause", nothing.likelyCause?.text), ...given("name", nothing.name), ...given("ward", nothing.ward && commune(nothing.ward)),
      ...given("choices", nothing.suggestions),
    }),
    ...given("readAs", said.readAs && readAs(said.readAs)),
    suggestions: said.suggestions ?? [],
  };
}

/** One parcel, asked for by its id. */
export function readFeature(body: unknown): Answer {
  const said = body as Wire["ParcelFeature"];
  return {
    revision: said.revision ?? said.properties.recordedIn,
    date: said.date ?? "",
    synthetic: said.synthetic === true,
    parcels: [parcel(said)],
    suggestions: [],
  };
}

function version(feature: Wire["ParcelFeature"]): Version {
  const said = parcel(feature);
  return {
    validFrom: said.validFrom,
    ...given("validTo", said.validTo),
    sheet: said.asMap.sheet,
    number: said.asMap.number,
    ward: said.ward,
    ...given("registeredArea", said.registeredArea),
    measuredArea: said.measuredArea,
    landUse: said.landUse.map((line) => line.code),
  };
}

function descent(said: Wire["Lineage"]): Descent {
  return { predecessor: String(said.predecessor), successor: String(said.successor), kind: said.kind, date: said.day };
}

export function readHistory(body: unknown): History {
  const said = body as Wire["ParcelHistory"];
  return { versions: said.features.map(version), lineage: said.lineage.map(descent) };
}
