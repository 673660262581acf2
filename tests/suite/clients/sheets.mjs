// The pages of the collections in a real browser, at one width: readable, without barriers, without
// requests to anybody else. Usage: node sheets.mjs '{"url":…,"width":…,"id":…,"folder":…}'
import assert from "node:assert/strict";
import { join } from "node:path";
import { asked, end, eventually, examine, open, step } from "./browser.mjs";

const pages = {
  collections: "/collections",
  collection: "/collections/parcels",
  items: "/collections/parcels/items",
  item: `/collections/parcels/items/${asked.id}`,
  extract: `/v1/parcels/${asked.id}/extract`,
  queryables: "/collections/parcels/queryables",
  schema: "/collections/zones/schema",
  downloads: "/collections/parcels/downloads",
  map: "/tiles/city/downloads",
  conformance: "/conformance",
  operations: "/api",
};

await step("every page is without barriers, in both languages and in the dark", async () => {
  for (const [name, path] of Object.entries(pages)) {
    const page = await open(path);
    assert.equal(await page.locator("html").getAttribute("lang"), "vi", name);
    assert.equal(await page.locator("h1").count(), 1, name);
    await examine(page, name);
    await page.screenshot({ path: join(asked.folder, `${name}-${asked.width}.png`), fullPage: true });
    await page.locator('.forms a[hreflang="en"]').click();
    assert.equal(await page.locator("html").getAttribute("lang"), "en", name);
    await examine(page, `${name} in English`);
    const dark = await open(path, { colorScheme: "dark" });
    await examine(dark, `${name} in the dark`);
  }
});

await step("from the collections to a parcel on its map by links alone", async () => {
  const page = await open("/collections", { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Thửa đất" }).click();
  await page.locator("main .rows a").first().click();
  assert.ok((await page.locator("ol.rows > li").count()) > 3);
  await page.getByRole("textbox", { name: /CQL2/ }).fill("registeredArea > 200");
  await page.getByRole("button", { name: "Lọc" }).click();
  await eventually(async () => assert.match(page.url(), /filter=registeredArea/));
  await eventually(async () => assert.equal(await page.locator("ol.rows > li").count(), 2));
  await page.locator("ol.rows a").first().click();
  await page.getByRole("heading", { level: 1, name: "Thửa 15, tờ 5" }).waitFor();
  assert.equal(await page.locator("h1").textContent(), "Thửa 15, tờ 5, Phường Bến Thành");
  assert.ok((await page.locator("svg.map .beside").count()) > 2, "with what lies beside it");
  const box = await page.locator("svg.map .chosen").boundingBox();
  assert.ok(box.width > 30 && box.height > 30, `the parcel can be seen: ${JSON.stringify(box)}`);
  await page.getByRole("link", { name: "Mở trên bản đồ" }).click();
  await page.getByRole("heading", { name: "Thửa 15, tờ 5" }).waitFor();
});

await end();
