// The page in a real browser, at one width: found, understood, without barriers, without requests
// to anybody else. Usage: node page.mjs '{"url":…,"width":…,"q":…,"lon":…,"lat":…,"id":…,"folder":…}'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const asked = JSON.parse(process.argv[2]);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];

/** A page of its own, which notes errors and requests to other origins. */
async function open(path, options = {}) {
  const context = await browser.newContext({
    viewport: { width: asked.width, height: 844 }, locale: "vi-VN", colorScheme: "light", ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
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
async function examine(page, what) {
  await page.waitForLoadState("networkidle");
  await page.evaluate(axe); // Not as a script tag, which the page's own policy forbids.
  const violations = await page.evaluate(() => window.axe.run(document).then((r) => r.violations));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), [], `axe: ${what}`);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${what}: ${beyond} px beyond the edge`);
}

let failures = 0;

async function step(name, work) {
  if (failures >= 3) return; // The rest would only wait.
  try {
    await work();
    console.log(`ok   ${asked.width} px: ${name}`);
  } catch (error) {
    const pages = browser.contexts().at(-1)?.pages() ?? [];
    await pages.at(-1)?.screenshot({ path: join(asked.folder, "failed.png"), fullPage: true }).catch(() => {});
    console.log(`FAIL ${asked.width} px: ${name}\n${error.message}`);
    process.exitCode = 1;
    failures += 1;
  } finally {
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
}

const heading = (page) => page.locator("article.parcel h2");

await step("the empty page says what can be asked", async () => {
  const page = await open("/");
  await page.getByRole("heading", { name: "Bạn tìm thửa đất nào?" }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await examine(page, "empty page");
});

await step("typing offers completions, and Enter finds the parcel", async () => {
  const page = await open("/");
  const box = page.getByRole("combobox");
  await box.fill(asked.typed);
  await page.getByRole("option").first().waitFor();
  await examine(page, "completions");
  await box.fill(asked.q);
  await page.keyboard.press("Enter");
  await heading(page).waitFor();
  assert.match(await heading(page).textContent(), /^Thửa .+, tờ .+/);
  assert.ok(page.url().includes("?q="), page.url());
  await examine(page, "found parcel");
});

await step("a completion is chosen with the keyboard alone", async () => {
  const page = await open("/");
  await page.getByRole("combobox").focus();
  await page.keyboard.type(asked.typed);
  // Ward, then sheet, then parcel: each completion brings the next.
  for (let chosen = 0; chosen < 5 && !page.url().includes("?q="); chosen += 1) {
    const before = await page.getByRole("combobox").inputValue();
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator('[role="option"][data-combobox-selected]').waitFor();
    await page.keyboard.press("Enter");
    await page.waitForFunction((old) => document.querySelector('[role="combobox"]')?.value !== old, before);
  }
  await page.locator("article.parcel, .candidate").first().waitFor();
});

await step("the drawing has neighbours and lengths that can be read", async () => {
  const page = await open(`/?id=${asked.id}`);
  await heading(page).waitFor();
  assert.equal(await page.locator(".drawing .outline").count(), 1);
  assert.ok(await page.locator(".drawing .neighbour").count() > 0, "neighbours are drawn");
  const lengths = page.locator(".drawing .length");
  assert.ok(await lengths.count() > 0, "edges carry lengths");
  assert.match(await lengths.first().textContent(), /^\d+,\d\d$/);
  const size = await lengths.first().evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  assert.ok(size >= 12, `lengths are ${size} px high`);
  const rows = await page.locator(".vertices tbody tr").count();
  assert.ok(rows >= 3, `${rows} vertices`);
  const before = await heading(page).textContent();
  await page.locator(".drawing .neighbour").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("article.parcel h2")?.textContent !== old, before);
  await page.goBack();
  await page.waitForFunction((old) => document.querySelector("article.parcel h2")?.textContent === old, before);
});

await step("my position lists who holds how much of its circle", async () => {
  const page = await open("/", {
    permissions: ["geolocation"],
    geolocation: { longitude: asked.lon, latitude: asked.lat, accuracy: 15 },
  });
  await page.getByRole("button", { name: "Vị trí của tôi" }).click();
  await page.locator(".candidate, article.parcel").first().waitFor();
  assert.match(await page.locator("#result .tag", { hasText: "vòng sai số" }).first().textContent(), /\d+\s?%/);
  await examine(page, "candidates");
});

await step("a position that the browser keeps to itself is explained", async () => {
  const page = await open("/", { permissions: [] });
  await page.getByRole("button", { name: "Vị trí của tôi" }).click();
  await page.getByRole("alert").waitFor();
});

await step("the page speaks English when it is asked to, and remembers", async () => {
  const page = await open(`/?id=${asked.id}`);
  await page.getByText("EN", { exact: true }).click();
  await page.getByText(/^Parcel .+, sheet/).first().waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.reload();
  await page.getByText(/^Parcel .+, sheet/).first().waitFor();
  await examine(page, "in English");
});

await step("nothing there is an answer with a reason", async () => {
  const page = await open("/?lon=100.5&lat=13.75");
  await page.getByRole("heading", { name: "Nơi này ở ngoài Thành phố Hồ Chí Minh" }).waitFor();
  await examine(page, "outside the city");
});

await step("a refusal is told in words", async () => {
  const page = await open("/?id=9007199254740991");
  await page.getByRole("alert").waitFor();
  await examine(page, "refusal");
});

await step("a day in the past is asked for and shown", async () => {
  const page = await open(`/?id=${asked.id}&date=${asked.date}`);
  await heading(page).waitFor();
  await page.locator(".tag.then").waitFor();
});

await step("by sheet and number, with what is missing named", async () => {
  const page = await open("/");
  await page.getByText("Tờ và thửa", { exact: true }).click();
  await page.getByRole("button", { name: "Tìm", exact: true }).click();
  assert.ok(await page.getByText("Cần điền ô này.").count() === 3, "three fields are missing");
  await page.getByLabel("Phường, xã").fill(asked.ward);
  await page.getByLabel("Số tờ").fill(asked.sheet);
  await page.getByLabel("Số thửa").fill(asked.number);
  await page.keyboard.press("Enter");
  await page.locator("article.parcel, .candidate").first().waitFor();
  await examine(page, "by key");
});

await step("the dark page has the same contrasts", async () => {
  const page = await open(`/?id=${asked.id}`, { colorScheme: "dark" });
  await heading(page).waitFor();
  await examine(page, "dark");
});

await step("the keyboard reaches the result past everything else", async () => {
  const page = await open(`/?id=${asked.id}`);
  await heading(page).waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "result");
});

await step("paper gets the parcel without the controls", async () => {
  const page = await open(`/?id=${asked.id}`);
  await heading(page).waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".search").isVisible(), false);
  assert.equal(await page.locator(".vertices table").isVisible(), true);
});

if (faults.length > 0) {
  console.log(`FAIL ${asked.width} px: faults of the page\n${faults.join("\n")}`);
  process.exitCode = 1;
}
await browser.close();
