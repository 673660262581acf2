// Programs of others that draw the city's tiles, in a real browser: OpenLayers by OGC API Tiles,
// MapLibre by TileJSON; and @mapbox/vector-tile, which reads every tile of some lots.
// Usage: node map_clients.mjs '{"url":…,"width":…,"at":[lon,lat],"folder":…}'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { asked, browser, end, PATIENCE_MS, step } from "./browser.mjs";

const web = new URL("../../../web/", import.meta.url);
const file = (path) => readFileSync(new URL(`node_modules/${path}`, web));
const [lon, lat] = asked.at;

/** Somebody else's site: a page with a map as large as the window, and these files beside it. */
async function site(files) {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, "http://here/");
    const body = files[pathname] && file(files[pathname]);
    answer.setHeader("content-type", body ? "text/javascript" : "text/html");
    answer.end(body ?? '<!doctype html><div id="map" style="height:680px"></div>');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const context = await browser.newContext({ viewport: { width: asked.width, height: 700 } });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  return page;
}

const picture = (page, name) => page.screenshot({ path: join(asked.folder, `${name}.png`) });

/** Of each lot that was drawn its id and number, by id. */
const lots = (drawn) => [...new Map(drawn.map((one) => [one.id, one])).values()].sort((a, b) => a.id - b.id);

await step("OpenLayers draws the tile set and finds the lots of the register by their ids", async () => {
  const page = await site({ "/ol.js": "ol/dist/ol.js" });
  await page.addScriptTag({ url: "/ol.js" });
  const drawn = await page.evaluate(([url, at]) => new Promise((resolve, reject) => {
    const { ol } = window;
    const source = new ol.source.OGCVectorTile({ url: `${url}/tiles/WebMercatorQuad`, format: new ol.format.MVT() });
    source.on("tileloaderror", () => reject(new Error("a tile could not be read")));
    const layer = new ol.layer.VectorTile({ source, style: { "stroke-color": "#2f6f73", "stroke-width": 1, "fill-color": "#e8f1f0" } });
    const map = new ol.Map({ target: "map", layers: [layer], view: new ol.View({ center: ol.proj.fromLonLat(at), zoom: 19 }) });
    source.on("change", () => {
      if (source.getState() === "error") reject(new Error("the tile set cannot be used"));
    });
    let again = 100;
    map.on("rendercomplete", () => {
      // It has not read the description of the tile set at first.
      if (source.getState() !== "ready") return map.render();
      const found = layer.getFeaturesInExtent(map.getView().calculateExtent());
      // Nor asked for a tile before it has.
      if (found.length === 0 && again-- > 0) return setTimeout(() => map.render(), 100);
      resolve(found.map((one) => ({ layer: one.get("layer"), id: Number(one.getId()), number: one.get("number") })));
    });
  }), [asked.url, asked.at]);
  await picture(page, "openlayers");
  const found = lots(drawn.filter((one) => one.layer === "parcels"));
  assert.ok(found.length >= 4, JSON.stringify(drawn.slice(0, 9)));
  for (const { id, number } of found) {
    const parcel = await (await fetch(`${asked.url}/v1/parcels/${id}`)).json();
    assert.equal(parcel.properties.asMap.number, number, `parcel ${id}`);
  }
  assert.ok(drawn.some((one) => one.layer === "roads"), "with the roads of the same tiles");
});

await step("MapLibre draws what TileJSON names", async () => {
  const page = await site({
    "/maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "/maplibre-gl-shared.mjs": "maplibre-gl/dist/maplibre-gl-shared.mjs",
    "/maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
  });
  const drawn = await page.evaluate(async ([url, center]) => {
    const { Map } = await import(`${location.origin}/maplibre-gl.mjs`);
    const map = new Map({
      container: "map", center, zoom: 18.5, fadeDuration: 0,
      style: {
        version: 8,
        sources: { city: { type: "vector", url: `${url}/tiles/city.json` } },
        layers: [
          { id: "lots", type: "fill", source: "city", "source-layer": "parcels", paint: { "fill-color": "#e8f1f0", "fill-outline-color": "#2f6f73" } },
          { id: "roads", type: "line", source: "city", "source-layer": "roads" },
        ],
      },
    });
    await new Promise((resolve, reject) => {
      map.once("idle", resolve);
      map.on("error", ({ error }) => reject(error));
    });
    return map.queryRenderedFeatures().map((one) => ({ layer: one.layer.id, id: one.id, number: one.properties.number }));
  }, [asked.url, asked.at]);
  await picture(page, "maplibre");
  const found = lots(drawn.filter((one) => one.layer === "lots"));
  assert.ok(found.length >= 4 && found.every((one) => one.id > 0 && one.number), JSON.stringify(drawn.slice(0, 9)));
});

await step("@mapbox/vector-tile reads every tile of the lots, with closed rings the right way round", async () => {
  const { VectorTile, classifyRings } = await import(new URL("node_modules/@mapbox/vector-tile/index.js", web));
  const { PbfReader } = await import(new URL("node_modules/pbf/index.js", web));
  let polygons = 0;
  for (let z = 0; z <= 20; z += 1) {
    const x = Math.floor(((lon + 180) / 360) * 2 ** z);
    const y = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z);
    const answer = await fetch(`${asked.url}/tiles/city/${z}/${x}/${y}`);
    assert.ok(answer.status === 200 || answer.status === 204, `${z}/${x}/${y}: ${answer.status}`);
    const { layers } = new VectorTile(new PbfReader(new Uint8Array(await answer.arrayBuffer())));
    for (const layer of Object.values(layers)) {
      assert.deepEqual([layer.version, layer.extent], [2, 4096], `${z} ${layer.name}`);
      for (let i = 0; i < layer.length; i += 1) {
        const feature = layer.feature(i);
        if (feature.type !== 3) continue;
        const rings = feature.loadGeometry();
        polygons += 1;
        assert.ok(rings.every((ring) => ring.length >= 4 && ring[0].equals(ring.at(-1))), `${z} ${layer.name} ${feature.id}`);
        const outer = classifyRings(rings).map(([shell]) => area(shell));
        assert.ok(outer.length > 0 && outer.every((a) => a > 0), `${z} ${layer.name} ${feature.id}: ${outer}`);
      }
    }
  }
  assert.ok(polygons > 60, `${polygons} polygons`);
});

/** Twice the area; positive clockwise on a screen, as outer rings are (MVT 2.1, 4.3.4.4). */
function area(ring) {
  return ring.slice(1).reduce((sum, to, i) => sum + ring[i].x * to.y - to.x * ring[i].y, 0);
}

await end();
