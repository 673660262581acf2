// A base map of another server beneath the city's own data. The other server is played by the test;
// what the page may ask is decided by its own policy. Usage: node base_map.mjs '{"url":…,"width":…}'
import assert from "node:assert/strict";
import { asked, browser, drawn, end, eventually, PATIENCE_MS, step } from "./browser.mjs";

/** A picture of one blue pixel. */
const BLUE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgYPj/HwADAgH/eL9GtQAAAABJRU5ErkJggg==", "base64");

await step("pictures of the configured server lie beneath the lots, and nobody else is asked", async () => {
  const context = await browser.newContext({ viewport: { width: asked.width, height: 844 }, locale: "vi-VN" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const foreign = [];
  await context.route(/example/, (route) => {
    foreign.push(new URL(route.request().url()));
    return route.fulfill({ contentType: "image/png", body: BLUE, headers: { "access-control-allow-origin": "*" } });
  });
  await page.goto(`${asked.url}/?id=${asked.id}`);
  await drawn(page);
  assert.ok(foreign.length > 0, "pictures are asked for");
  assert.ok(foreign.every(({ origin, pathname }) => origin === "https://base.example" && /^\/\d+\/\d+\/\d+\.png$/.test(pathname)), foreign.join(" "));
  await page.locator(".attribution").getByText("© Base Example").waitFor();
  const order = await page.evaluate(() => document.querySelector(".maplibregl-map").map.getStyle().layers.map((layer) => layer.id));
  assert.ok(order.indexOf("base-pictures") < order.indexOf("lots"), order.join());
  const refused = await page.evaluate(() => fetch("https://other.example/").then(() => "answered", () => "refused"));
  assert.equal(refused, "refused");
  await page.getByRole("button", { name: "Lớp bản đồ" }).click();
  await page.getByRole("checkbox", { name: "Bản đồ nền" }).click();
  const visibility = () => page.evaluate(() => document.querySelector(".maplibregl-map").map.getLayoutProperty("base-pictures", "visibility"));
  await eventually(async () => assert.equal(await visibility(), "none"));
});

await end();
