// Takes the pictures of the city in MapLibre and in OpenLayers, each set up as README says.
// Usage: node look_clients.mjs http://127.0.0.1:8080 docs
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [url, folder] = process.argv.slice(2);
const AT = [106.6965, 10.7712];
const FILL = "#e8f1f0", LINE = "#2f6f73";
const modules = new URL("../web/node_modules/", import.meta.url);

/** Somebody else's site: a page with a map, and the libraries beside it. */
const site = createServer(({ url }, answer) => {
  const { pathname } = new URL(url, "http://here/");
  const library = /^\/(maplibre-gl|ol)\//.test(pathname);
  answer.setHeader("content-type", pathname.endsWith("css") ? "text/css" : library ? "text/javascript" : "text/html");
  answer.end(library ? readFileSync(new URL(`.${pathname}`, modules)) : '<!doctype html><body style="margin:0"><div id="map" style="height:100vh"></div>');
});
await new Promise((resolve) => site.listen(0, "127.0.0.1", resolve));
const here = `http://127.0.0.1:${site.address().port}/`;

async function inMapLibre([url, center, fill, line]) {
  const { Map } = await import(`${location.origin}/maplibre-gl/dist/maplibre-gl.mjs`);
  const style = { version: 8, sources: {}, layers: [] };
  const map = new Map({ container: "map", center, zoom: 17.2, fadeDuration: 0, attributionControl: false, style });
  await map.once("load");
  map.addSource("city", { type: "vector", url: `${url}/tiles/city.json` });
  map.addLayer({ id: "roads", type: "line", source: "city", "source-layer": "roads", paint: { "line-color": "#c9b37a", "line-width": 2 } });
  map.addLayer({ id: "lots", type: "fill", source: "city", "source-layer": "parcels", paint: { "fill-color": fill, "fill-outline-color": line } });
  await map.once("idle");
}

function inOpenLayers([url, center, fill, line]) {
  const { ol } = window;
  const source = new ol.source.OGCVectorTile({ url: `${url}/tiles/WebMercatorQuad`, format: new ol.format.MVT() });
  const looks = {
    parcels: new ol.style.Style({ fill: new ol.style.Fill({ color: fill }), stroke: new ol.style.Stroke({ color: line }) }),
    roads: new ol.style.Style({ stroke: new ol.style.Stroke({ color: "#c9b37a", width: 2 }) }),
  };
  const layer = new ol.layer.VectorTile({ source, style: (feature) => looks[feature.get("layer")] });
  const map = new ol.Map({ target: "map", layers: [layer], controls: [], view: new ol.View({ center: ol.proj.fromLonLat(center), zoom: 18.2 }) });
  return new Promise((resolve) => map.on("rendercomplete", () => {
    // It has not read the description of the tile set at first.
    if (source.getState() !== "ready") return map.render();
    resolve();
  }));
}

const browser = await launch();
for (const [name, draw, library] of [["maplibre", inMapLibre], ["openlayers", inOpenLayers, "/ol/dist/ol.js"]]) {
  const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
  await page.goto(here);
  if (library) await page.addScriptTag({ url: library });
  await page.evaluate(draw, [url, AT, FILL, LINE]);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
site.close();
