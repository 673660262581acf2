// The page below a path of a proxy: whatever it asks for stands below that path too, which every
// opened page looks at. Usage: node prefix.mjs '{"url":"http://…/map","width":…,"id":…,"q":…}'
import assert from "node:assert/strict";
import { asked, drawn, end, open, step } from "./browser.mjs";

/** Pictures that did not come. */
const broken = (page) => page.locator("img").evaluateAll((all) => all.filter((one) => one.naturalWidth === 0).map((one) => one.src));

await step("before any script the facts, the search and the way home stay below the path", async () => {
  const page = await open(`/?id=${asked.id}`, { javaScriptEnabled: false });
  await page.getByRole("searchbox").fill(asked.q);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thửa 13, tờ 5" }).waitFor();
  assert.ok(page.url().startsWith(`${asked.url}/?q=`), page.url());
  await page.locator("a.brand").click();
  await page.waitForURL(`${asked.url}/`);
});

await step("the map is drawn, and what is asked is found and can be shared", async () => {
  const page = await open(`/?id=${asked.id}`);
  await drawn(page);
  const lots = () => page.evaluate(() => document.querySelector(".maplibregl-map").map.queryRenderedFeatures({ layers: ["lots"] }).length);
  assert.ok(await lots() > 1, "lots are drawn");
  assert.deepEqual(await broken(page), []);
  await page.evaluate(() => {
    navigator.clipboard.writeText = (text) => Promise.resolve(void (window.copied = text));
  });
  await page.locator(".take button").first().click();
  assert.equal(await page.evaluate(() => window.copied), `${asked.url}/?id=${asked.id}`);
  await page.getByRole("combobox").fill(asked.q);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thửa 13, tờ 5" }).waitFor();
  assert.ok(page.url().startsWith(`${asked.url}/?q=`), page.url());
  await page.goBack();
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
});

await step("the pages of the collections are reached, and the map from them", async () => {
  const page = await open("/");
  await page.locator('footer a[href^="collections"]').click();
  await page.waitForURL(`${asked.url}/collections?f=html&lang=vi`);
  assert.deepEqual(await broken(page), []);
  await page.goto(`${asked.url}/collections/parcels/items/${asked.id}?f=html`);
  await page.locator('a[href*="/?id="]').first().click();
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
});

await end();
