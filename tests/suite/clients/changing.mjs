// A map that is open while the register changes, at one width: the changed lot shows itself, and
// only tiles around it are asked for again. Prints "waiting" when the register may change.
// Usage: node changing.mjs '{"url":…,"width":…,"at":[lon,lat],"id":…,"before":…,"after":…,"folder":…}'
import assert from "node:assert/strict";
import { join } from "node:path";
import { asked, drawn, end, open, step } from "./browser.mjs";

const [lon, lat] = asked.at;

async function numbers(page) {
  await drawn(page);
  return page.evaluate(() => {
    const { map } = document.querySelector(".maplibregl-map");
    return [...new Set(map.queryRenderedFeatures({ layers: ["lots"] }).map((one) => one.properties.number))];
  });
}

const picture = (page, name) => page.screenshot({ path: join(asked.folder, `${name}-${asked.width}.png`) });

await step("a changed lot shows itself on the open map, and so do its facts", async () => {
  const page = await drawn(await open(`/?id=${asked.id}&at=${lat.toFixed(7)},${lon.toFixed(7)},19`));
  await page.getByRole("heading", { name: `Thửa ${asked.before}, tờ 5` }).waitFor();
  const first = await numbers(page);
  assert.ok(first.includes(asked.before) && !first.includes(asked.after), first.join());
  await page.evaluate(() => { window.stayed = true; });
  await picture(page, "before");
  // The question is open before anything changes.
  await page.waitForTimeout(500);
  const again = [];
  page.on("request", (request) => {
    if (request.url().includes("/tiles/")) again.push(new URL(request.url()).pathname);
  });
  console.log("waiting");
  await page.getByRole("heading", { name: `Thửa ${asked.after}, tờ 5` }).waitFor();
  await page.waitForFunction((number) => {
    const { map } = document.querySelector(".maplibregl-map");
    return map.queryRenderedFeatures({ layers: ["lots"] }).some((one) => one.properties.number === number);
  }, asked.after);
  const now = await numbers(page);
  assert.ok(!now.includes(asked.before), now.join());
  assert.ok(await page.evaluate(() => window.stayed), "the page was not loaded again");
  await picture(page, "after");
  assert.ok(again.length > 0 && again.length <= 8, again.join("\n"));
  const shown = again.map((path) => path.split("/").slice(3).map(Number));
  for (const [z, x, y] of shown) {
    const column = ((lon + 180) / 360) * 2 ** z;
    const row = (0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** z;
    assert.ok(Math.abs(x + 0.5 - column) < 1.7 && Math.abs(y + 0.5 - row) < 1.7, `${z}/${x}/${y}`);
  }
});

await end();
