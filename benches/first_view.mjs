// How long somebody with a slow phone waits: 1.6 Mbit/s, 150 ms a round trip, a processor four
// times as slow, nothing kept from before. Medians of ROUNDS (5); prints Markdown.
// The map is drawn by the processor in the place of a graphics card. What the browser itself puts on
// the screen is not: to set a card up that there is not takes it seconds, the same for an empty page.
// DRAWN=all has that too.
// Usage: node first_view.mjs http://127.0.0.1:8080
import { launch } from "../scripts/chromium.mjs";

const [url] = process.argv.slice(2);
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const VIEWS = [
  ["the city", "/", "main"],
  ["a parcel", "/?q=thua+12+to+5+ben+thanh&date=2026-01-05", "article.parcel"],
];
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 };
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

const MORE = process.env.DRAWN === "all" ? [] : ["--disable-gpu-compositing"];

async function opened(path, wanted) {
  const browser = await launch(...MORE);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "vi-VN" });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LINE);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  let scripts = 0;
  const kinds = new Map();
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === "Script") scripts += encodedDataLength;
  });
  const began = performance.now();
  await page.goto(url + path, { waitUntil: "commit" });
  await page.locator(wanted).first().waitFor();
  const painted = await page.evaluate(() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntriesByName("first-contentful-paint")[0].startTime))
      .observe({ type: "paint", buffered: true });
  }));
  await page.locator('.map[aria-busy="false"]').waitFor({ timeout: 120_000 });
  const moving = performance.now() - began;
  await browser.close();
  return { painted, moving, scripts };
}

console.log("| view | drawn by the server | the map has drawn | scripts |\n| --- | --- | --- | --- |");
for (const [name, path, wanted] of VIEWS) {
  const all = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await opened(path, wanted));
  const of = (what) => median(all.map(what));
  console.log(`| ${name} | ${(of((o) => o.painted) / 1000).toFixed(2)} s | ${(of((o) => o.moving) / 1000).toFixed(2)} s | ${Math.round(of((o) => o.scripts) / 1000)} kB |`);
}
