// The shapes that the page draws by itself, on many lots of a city, judged by the server: the page's
// own files run without a browser. Usage: node house_shapes.mjs '{"url":…,"from":…,"to":…,"by":…}'
import assert from "node:assert/strict";
import { require } from "../../../scripts/chromium.mjs";

const asked = JSON.parse(process.argv[2]);
const house = new URL("../../../web/src/house/", import.meta.url).pathname;
const built = await require("esbuild").build({
  stdin: { contents: ["frame", "moving", "plane", "written"].map((name) => `export * from "${house}${name}";`).join("\n"), resolveDir: house },
  bundle: true, write: false, format: "esm", platform: "neutral",
});
const page = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);

const json = async (path, body) => (await fetch(asked.url + path, body && {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
})).json();

/** The lot as the page has it, if there is one, and how to ask about a shape on it. */
async function lotOf(id) {
  const { properties } = await json(`/v1/parcels/${id}`);
  if (!properties) return []; // It has become others.
  const { epsg, polygons } = properties.plane;
  const origin = polygons[0][0][0].map((metres) => Math.round(metres * 1000));
  const local = (metres) => metres.map((own, i) => Math.round(own * 1000) - origin[i]);
  const ask = (coordinates) => json("/v1/checks", {
    parcels: [id], crs: `http://www.opengis.net/def/crs/EPSG/0/${epsg}`, footprint: { type: "MultiPolygon", coordinates },
    stated: { building_kind: "row_house", development: "existing" },
  });
  const { site } = await ask(polygons);
  const rings = ([shell, ...holes]) => [page.counterClockwise(shell.slice(0, -1).map(local)), ...holes.map((hole) => hole.slice(0, -1).map(local))];
  const lot = {
    polygons: site.lot.coordinates.map(rings),
    edges: site.edges.map(({ facing, line, street }) => ({ facing, street, from: local(line.coordinates[0]), to: local(line.coordinates[1]) })),
  };
  const judge = (ring) => ask([[[...ring, ring[0]].map((corner) => corner.map((mm, i) => (mm + origin[i]) / 1000))]]);
  return [{ id, epsg, lot, frame: page.frameOf(lot), judge }];
}

const lots = [];
for (let id = asked.from; id < asked.to; id += asked.by) lots.push(...await lotOf(id));
assert.ok(lots.length > 20);

for (const { id, lot, frame, judge } of lots) {
  const ring = page.firstRectangle(frame, lot);
  assert.ok(ring && page.isRectangle(frame, ring), `${id} has room for a house`);
  const { standing, verdicts } = await judge(ring);
  assert.notEqual(standing.outcome, "fail", `${id}: ${standing.beyondM2} m² lie beyond`);
  const rear = verdicts.find(({ quantity }) => quantity === "setback/rear")?.found;
  if (rear != null && page.lengthsOf(frame, lot, ring).depth > 5000) assert.ok(Number(rear) >= 2, `${id}: ${rear} m behind`);
}
console.log(`ok   the first house stands in its lot: ${lots.length} lots`);

for (const { id, lot, frame, judge } of lots) {
  // Pushed in and pulled out to where the lot ends, every corner is still the lot's, to the millimetre.
  const ring = page.firstRectangle(frame, lot);
  const inward = page.wallMoved(ring, 2, -500, lot.polygons);
  const outward = inward && page.wallMoved(inward, 2, 400, lot.polygons);
  assert.ok(outward?.every((corner) => lot.polygons.some((polygon) => page.covers(polygon, corner))), `${id}`);
  const { standing } = await judge(outward);
  assert.notEqual(standing.outcome, "fail", `${id}: ${standing.beyondM2} m² lie beyond`);
}
console.log("ok   a wall that is moved within the lot never leaves it");

for (const { id, epsg, lot, frame } of lots) {
  const ring = page.firstRectangle(frame, lot);
  const fields = { building_kind: "row_house", sidewalk_m: "3.5", storeys: "3" };
  assert.deepEqual(page.read(page.write(String(id), epsg, ring, fields), String(id), epsg), { ring, fields, cut: false });
  assert.equal(page.read(page.write(String(id), epsg, ring, fields), String(id + 1), epsg), undefined, "of another parcel");
}
assert.equal(page.read("7*9210*0.0.5.0.0.5.zz", "7", 9210).ring, undefined, "an odd number of steps");
assert.equal(page.read("7*9210*0.0.5.0.0.5.zz", "7", 9210).cut, true, "an outline that cannot be read is told");
assert.equal(page.read("7*9210**storeys-<3>", "7", 9210).cut, true, "so is a value");
assert.equal(page.read("7*9210*0.0.5.5.5.0.0.5", "7", 9210).ring, undefined, "an outline that crosses itself");
console.log("ok   an address draws the same house, and nothing that is none");
