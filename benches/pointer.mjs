// From a pointer that pulls a wall to the verdicts about it, on the page as people use it: a house is
// drawn on a parcel, its rear wall is taken hold of and moved in small steps, to and fro. Prints
// Markdown: medians and 99th percentiles of MOVES (300) answers, in milliseconds.
// A time begins with the event's own time stamp and ends when a text of the verdicts has changed,
// before anything of it is painted. The browser hands pointer events over together with the next
// picture that it draws, so the time until then is told apart. The server's part is what the same
// questions take when Node asks them again, one after the other on one connection.
// Twice: each step waits until the map rests (`apart`), and 60 steps a second whatever comes of them
// (`flowing`), where only the newest event before each question counts.
// The map is drawn by the processor in the place of a graphics card; MAP=off leaves out its drawing.
// PROFILE=1 also tells where the page's own time goes.
// Usage: node pointer.mjs http://127.0.0.1:8080 [PARCEL]
import assert from "node:assert/strict";
import http from "node:http";
import { launch } from "../scripts/chromium.mjs";

const [url, asked] = process.argv.slice(2);
const MOVES = Number(process.env.MOVES ?? 300);
const QUESTION = "/v1/parcels/lookup?q=thua%2012%20to%201%20p%20ben%20thanh";
// What a row house has to say so that few rules wait for it.
const TOLD = "building_kind-row_house*development-existing*work-new*applicant-household*grade-4*in_board_area-false"
  + "*central_district-false*commercial_street-false*commercial_axis-false*regional_road-false*urban_area-true*added_storey-false"
  + "*building_line_on_red_line-true*sidewalk_m-3*storeys-3*basements-0*floorOneHeightM-3.8*heightAtBuildingLineM-10*ridgeHeightM-11";
const PATIENCE_MS = 120_000;

/** Notes in the page when events come, what is asked for them, and when a text of the verdicts has changed. */
function noting() {
  const noted = { done: [], still: 0, newest: undefined, answered: undefined };
  window.noted = noted;
  let move;
  addEventListener("pointermove", (event) => { move = { at: event.timeStamp, handled: performance.now() }; }, { capture: true });
  const send = window.fetch;
  window.fetch = async (path, options) => {
    if (options?.method !== "POST" || !move) return send(path, options);
    const own = { ...move, asked: performance.now(), body: options.body };
    noted.newest = own;
    const response = await send(path, options);
    own.headed = performance.now();
    const read = response.json.bind(response);
    response.json = async () => {
      const answer = await read();
      own.read = performance.now();
      // An answer that changed no text has no part in the next one.
      if (noted.answered) noted.still += 1;
      noted.answered = own;
      return answer;
    };
    return response;
  };
  const SHOWN = ".total, .verdict, .group, .standing, .permit";
  const element = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
  new MutationObserver((records) => {
    if (!noted.answered || !records.some(({ target }) => element(target)?.closest(SHOWN))) return;
    noted.answered.told = performance.now();
    noted.done.push(noted.answered);
    noted.answered = undefined;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const json = async (path) => (await fetch(url + path)).json();
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const ranked = (list, share) => list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const told = (list) => `${ranked(list, 0.5).toFixed(1)}, ${ranked(list, 0.99).toFixed(1)}`;

async function opened(browser, id) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "vi-VN" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await page.addInitScript(noting);
  const settled = async () => {
    await page.locator(".total[data-total]").waitFor();
    await page.waitForFunction(() => document.querySelector(".maplibregl-map")?.map?.getSource("house"));
    await page.waitForTimeout(1_000);
    await page.locator('.map[aria-busy="false"]').waitFor();
  };
  await page.goto(`${url}/?id=${id}&house=${id}`);
  await settled();
  // The outline that the page drew, and all that may be told of it.
  await page.waitForFunction(() => new URL(location.href).searchParams.get("house")?.split("*")[2]);
  const [parcel, plane, outline] = new URL(page.url()).searchParams.get("house").split("*");
  await page.goto(`${url}/?id=${id}&house=${[parcel, plane, outline].join("*")}*${TOLD}`);
  await settled();
  // What passes and what is unknown is shown too, so that there is a text that changes with the wall.
  for (const group of await page.locator("details.group:not(.not_applicable):not(.known)").all()) {
    if (await group.getAttribute("open") === null) await group.locator("summary").first().press("Enter");
  }
  await page.locator(".verdict.pass").first().waitFor();
  return page;
}

/** The middle of the rear wall and a step of one pixel outward, on the screen. */
const wallOf = (page) => page.evaluate(() => {
  const { map } = document.querySelector(".maplibregl-map");
  const [{ geometry: { coordinates: [ring] } }] = map.getSource("house").serialize().data.features;
  const { left, top } = map.getCanvas().getBoundingClientRect();
  const [a, b, c, d] = ring.slice(0, 4).map((at) => map.project(at)).map(({ x, y }) => [x + left, y + top]);
  const middle = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2];
  const [front, rear] = [middle(a, b), middle(c, d)];
  const long = Math.hypot(rear[0] - front[0], rear[1] - front[1]);
  return { rear, step: [(rear[0] - front[0]) / long, (rear[1] - front[1]) / long], long };
});

/** Pulls the wall to and fro, and gives what was noted of each answer. */
async function pulled(page, flowing) {
  const { rear, step, long } = await wallOf(page);
  // Inward only, so that the house stays in its lot.
  const reach = Math.floor(Math.min(40, long / 3));
  assert.ok(reach > 8, `a house of ${long} px is too small to be pulled`);
  await page.mouse.move(...rear);
  await page.mouse.down();
  await page.mouse.move(rear[0] - step[0] * 6, rear[1] - step[1] * 6);
  await pause(1_000);
  await page.evaluate(() => Object.assign(window.noted, { done: [], still: 0, answered: undefined, newest: undefined }));
  let done = 0;
  for (let i = 0; done < MOVES && i < MOVES * 3; i += 1) {
    const along = 6 + Math.abs((i % (2 * (reach - 6))) - (reach - 6));
    const began = performance.now();
    await page.mouse.move(rear[0] - step[0] * along, rear[1] - step[1] * along);
    if (flowing) await pause(Math.max(0, 1000 / 60 - (performance.now() - began)));
    else {
      // A step that moves the wall by less than a centimetre asks nothing.
      await page.evaluate(async () => {
        const { noted } = window;
        const until = performance.now() + 400;
        const waits = () => !noted.newest || !(noted.newest.told || noted.answered === noted.newest);
        while (waits() && performance.now() < until) await new Promise((resolve) => { setTimeout(resolve, 10); });
        noted.newest = undefined;
      });
      await pause(100);
    }
    if (i % 20 === 19) done = await page.evaluate(() => window.noted.done.length);
  }
  await page.mouse.up();
  const { done: noted, still } = await page.evaluate(() => window.noted);
  assert.ok(noted.length >= Math.min(MOVES, 50), `${noted.length} answers only`);
  return { noted, still };
}

/** What the server takes for questions when they are asked again, in turn. */
async function replayed(bodies) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (body) => new Promise((resolve, reject) => {
    const began = performance.now();
    http.request(`${url}/v1/checks?lang=vi`, { agent, method: "POST", headers: { "Content-Type": "application/json" } }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        const ms = performance.now() - began;
        assert.equal(response.statusCode, 200);
        assert.ok(JSON.parse(Buffer.concat(parts)).verdicts.length > 5);
        resolve(ms);
      });
    }).on("error", reject).end(body);
  });
  const times = [];
  for (const body of bodies) times.push(await ask(body));
  agent.destroy();
  return times;
}

/** The functions that take most of a profile's time by themselves. */
function heaviest({ nodes, samples, timeDeltas }) {
  const own = new Map();
  const of = new Map(nodes.map((node) => [node.id, node.callFrame]));
  samples.forEach((id, i) => {
    const { functionName, url: file, lineNumber, columnNumber } = of.get(id);
    const name = `${functionName || "(nameless)"} ${file.split("/").pop()}${file ? `:${lineNumber + 1}:${columnNumber}` : ""}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[i]);
  });
  const all = [...own.values()].reduce((a, b) => a + b, 0);
  return [...own].sort((a, b) => b[1] - a[1]).slice(0, 25).map(([name, us]) => `${(us / 1000).toFixed(0)} ms, ${(100 * us / all).toFixed(1)} %: ${name}`);
}

const id = asked ?? (await json(QUESTION)).features[0].id;
const browser = await launch("--disable-gpu-compositing");
const page = await opened(browser, id);
if (process.env.MAP === "off") {
  // What is said to the map is still said to it; only its pictures are not made.
  await page.evaluate(() => {
    const { map } = document.querySelector(".maplibregl-map");
    map.triggerRepaint = () => {};
  });
}
console.log(`Parcel ${id}; the map is ${process.env.MAP === "off" ? "not " : ""}drawn.\n`);
console.log(`| steps | answers | without a change | event to verdicts | until the page has the event | page, until it asks | question and answer | server alone | page, until the text has changed | under 16 ms |\n${"| --- ".repeat(10)}|`);
for (const flowing of [false, true]) {
  const session = await page.context().newCDPSession(page);
  if (process.env.PROFILE) {
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: 200 });
    await session.send("Profiler.start");
  }
  const { noted, still } = await pulled(page, flowing);
  const profile = process.env.PROFILE && (await session.send("Profiler.stop")).profile;
  const server = await replayed(noted.map(({ body }) => body));
  const of = (what) => told(noted.map(what));
  const all = noted.map((one) => one.told - one.at);
  const quick = noted.filter((one) => one.told - one.at < 16).length;
  console.log(`| ${flowing ? "flowing" : "apart"} | ${noted.length} | ${still} | ${told(all)} | ${of((one) => one.handled - one.at)} | ${of((one) => one.asked - one.handled)} `
    + `| ${of((one) => one.read - one.asked)} | ${told(server)} | ${of((one) => one.told - one.read)} | ${(100 * quick / noted.length).toFixed(0)} % |`);
  if (profile) console.log(`\n${heaviest(profile).join("\n")}\n`);
  await pause(1_500);
}
await browser.close();
