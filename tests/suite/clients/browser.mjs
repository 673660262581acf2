// A browser for the tests of the page: pages that note faults and requests to anybody else, steps
// that are counted, an examination for barriers. The argument is JSON: {"url":…,"width":…,…}.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, require } from "../../../scripts/chromium.mjs";

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
export const asked = JSON.parse(process.argv[2]);
export const phone = asked.width < 992;

export const browser = await launch();
const faults = [];

/** Longer than the slowest machine that tests run on takes to draw a map with its processor. */
export const PATIENCE_MS = 90_000;

/** A page of its own, which notes errors and requests to other origins; `before` runs in it before
 * its own scripts. */
export async function open(path, { before, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: asked.width, height: 844 }, locale: "vi-VN", colorScheme: "light", ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  page.on("pageerror", (error) => faults.push(`${path}: ${error.message}`));
  page.on("console", (message) => {
    // A refusal of the server is logged by the browser; the page shows it, which is tested.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(`${path}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(asked.url) && !request.url().startsWith("data:")) faults.push(`${path}: asked ${request.url()}`);
  });
  await page.goto(asked.url + path);
  return page;
}

/** No barrier that axe-core knows, nothing beyond the edge of the screen. */
export async function examine(page, what) {
  await page.evaluate(axe); // Not as a script tag, which the page's own policy forbids.
  const violations = await page.evaluate(() => window.axe.run(document).then((r) => r.violations));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), [], `axe: ${what}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${what}: ${beyond} px beyond the edge`);
}

/** Waits until the map has drawn everything it knows of, also what was said to it just now. */
export async function drawn(page) {
  await page.locator('.map[aria-busy="false"]').waitFor();
  await page.evaluate(() => new Promise((resolve) => {
    const { map } = document.querySelector(".maplibregl-map");
    map.once("idle", resolve);
    map.triggerRepaint();
  }));
  return page;
}

/** Looks again until what is stated holds, and fails as it fails at the end. */
export async function eventually(stated) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await stated();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

let failures = 0;

export async function step(name, work) {
  if (failures >= 3) return; // The rest would only wait.
  try {
    await work();
    console.log(`ok   ${asked.width} px: ${name}`);
  } catch (error) {
    const pages = browser.contexts().at(-1)?.pages() ?? [];
    await pages.at(-1)?.screenshot({ path: join(asked.folder, "failed.png") }).catch(() => {});
    const shown = await pages.at(-1)?.locator("body").innerText({ timeout: 5_000 }).catch(() => "nothing");
    console.log(`FAIL ${asked.width} px: ${name}\n${error.message}\nThe page said: ${shown?.slice(0, 2_000)}`);
    process.exitCode = 1;
    failures += 1;
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

/** Ends the run: faults of any page fail it. */
export async function end() {
  if (faults.length > 0) {
    console.log(`FAIL ${asked.width} px: faults of the page\n${faults.join("\n")}`);
    process.exitCode = 1;
  }
  await browser.close();
}
