// The map in a real browser, at one width: what lies where, told by clicking on it and by asking it
// what it has drawn. Usage: node map.mjs '{"url":…,"width":…,"corners":…,"id":…,"date":…,"folder":…}'
import assert from "node:assert/strict";
import { asked, drawn, end, eventually, examine, open, phone, step } from "./browser.mjs";

/** Longitude and latitude of a place by metres east and north of the corner of the first lot. */
function place(east, north) {
  const [[lon, lat], [lonEast, latEast], [lonNorth, latNorth]] = asked.corners;
  return [
    lon + ((lonEast - lon) * east) / 4 + ((lonNorth - lon) * north) / 20,
    lat + ((latEast - lat) * east) / 4 + ((latNorth - lat) * north) / 20,
  ];
}

const ZOOM = 19.5;
const middle = place(8, 10);

/** The address that looks at the lots, so that what stands where on the screen can be reckoned. */
const looking = (more = "") => `/?at=${middle[1].toFixed(7)},${middle[0].toFixed(7)},${ZOOM}${more}`;

/** Where a place stands on the screen while the map looks at the lots (Web Mercator). */
async function pixelOf(page, [lon, lat]) {
  const box = await page.locator(".map canvas").boundingBox();
  const world = 512 * 2 ** ZOOM;
  const north = (degrees) => Math.asinh(Math.tan((degrees * Math.PI) / 180)) / (2 * Math.PI);
  return [
    box.x + box.width / 2 + ((lon - middle[0]) / 360) * world,
    box.y + box.height / 2 - (north(lat) - north(middle[1])) * world,
  ];
}

/** Opens the page so that the lots lie free of sheet and search. */
async function openMap(more, options) {
  const page = await drawn(await open(looking(more), options));
  if (phone) {
    await page.locator("button.grip").press("ArrowDown");
    await page.waitForFunction(() => document.querySelector(".sheet").clientHeight < 160);
  }
  return page;
}

async function click(page, east, north) {
  await page.mouse.click(...(await pixelOf(page, place(east, north))));
}

/** Holds what is stated of the values that the map has drawn of a layer. */
async function rendered(page, layer, attribute, stated) {
  await eventually(async () => {
    await drawn(page);
    stated(await page.evaluate(([id, name]) => {
      const { map } = document.querySelector(".maplibregl-map");
      return [...new Set(map.queryRenderedFeatures({ layers: [id] }).map((one) => one.properties[name]))].sort();
    }, [layer, attribute]));
  });
}

const exactly = (values) => (shown) => assert.deepEqual(shown, values);
const among = (values, not) => (shown) => assert.ok(values.every((one) => shown.includes(one)) && !shown.includes(not), shown.join());

const title = (page) => page.locator("main h1");

await step("a click opens the lot that lies there", async () => {
  const page = await openMap();
  for (const [east, north, name] of [[2, 10, "Thửa 12, tờ 5"], [6, 3, "Thửa 13, tờ 5"], [10, 17, "Thửa 21, tờ 5"], [14, 10, "Thửa 22, tờ 5"]]) {
    await click(page, east, north);
    await page.getByRole("heading", { name }).waitFor();
    assert.ok(page.url().includes("?id="), page.url());
  }
  await page.goBack();
  await page.getByRole("heading", { name: "Thửa 21, tờ 5" }).waitFor();
  await examine(page, "lot opened on the map");
});

await step("on either side of a boundary lie the two lots, half a metre apart", async () => {
  const page = await openMap();
  await click(page, 3.75, 10);
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
  await click(page, 4.25, 10);
  await page.getByRole("heading", { name: "Thửa 13, tờ 5" }).waitFor();
});

await step("a click on no lot says what is there", async () => {
  const page = await openMap();
  await click(page, 6, -4);
  await page.getByRole("heading", { name: "Nơi này là đường Lê Lợi" }).waitFor();
  await click(page, 6, 35);
  await page.getByRole("heading", { name: "Nơi này là Kênh Bến Nghé" }).waitFor();
});

await step("lots carry their numbers, the one that was found its lengths in metres", async () => {
  const page = await openMap();
  await rendered(page, "lot-numbers", "number", among(["12", "13", "21", "22"]));
  await rendered(page, "edge-lengths", "text", exactly([]));
  await click(page, 2, 10);
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
  await rendered(page, "found-number", "number", exactly(["12"]));
  await rendered(page, "edge-lengths", "text", exactly(["20,00", "4,00"]));
  await rendered(page, "lot-numbers", "number", among([], "12")); // The number stands there once.
});

await step("every length of the parcel that was found stands where it can be seen", async () => {
  const page = await drawn(await open(`/?id=${asked.id}&lang=en`));
  await rendered(page, "edge-lengths", "text", exactly(["20.00", "4.00"]));
  const places = await page.evaluate(() => {
    const { map } = document.querySelector(".maplibregl-map");
    return map.getSource("edges").serialize().data.features.map(({ geometry }) => map.project(geometry.coordinates).y);
  });
  assert.equal(places.length, 4);
  const sheet = phone ? (await page.locator(".sheet").boundingBox()).y : 844;
  assert.ok(places.every((y) => y > 112 && y < sheet - 20), `${places} above ${sheet}`);
  const written = await page.evaluate(() => JSON.stringify(document.querySelector(".maplibregl-map").map.getLayoutProperty("street-names", "text-field")));
  assert.ok(written.includes("right-of-way") && !written.includes("lộ giới"), written);
});

await step("a ward alone is shown on the map, with its facts and the ways on to its parcels", async () => {
  const page = await drawn(await open(`/?q=${encodeURIComponent("phường bến thành")}`));
  await page.getByRole("heading", { level: 1, name: "Phường Bến Thành" }).waitFor();
  const { wards } = await (await fetch(`${asked.url}/v1/wards`)).json();
  const own = wards.find(({ code }) => code === "26743");
  assert.match(await page.locator(".facts-panel").textContent(), new RegExp(`26743.*Thửa đất trong sổ${own.parcels}`));
  await rendered(page, "ward-found-line", "code", exactly(["26743"]));
  await eventually(async () => {
    const [west, south, east, north] = await page.evaluate(() => document.querySelector(".maplibregl-map").map.getBounds().toArray().flat());
    assert.ok(west < own.bounds[0] && south < own.bounds[1] && east > own.bounds[2] && north > own.bounds[3], "all of it");
    assert.ok(east - west < 12 * (own.bounds[2] - own.bounds[0]), "from near");
  });
  await examine(page, "a ward");
  assert.match(await page.getByRole("link", { name: "Danh sách thửa của phường, xã" }).getAttribute("href"), /ward\.code/);
  await page.getByLabel("Số tờ").fill("5");
  await page.getByLabel("Số thửa").fill("12");
  await page.keyboard.press("Enter");
  await page.locator(".candidate strong", { hasText: "Thửa 12, tờ 5" }).first().waitFor();
});

await step("each ward has its name once, and one without parcels is drawn as ground without data", async () => {
  const page = await open("/icon.svg");
  await page.route("**/v1/wards", async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    told.wards.forEach((ward) => (ward.parcels = ward.code === "26743" ? 1 : 0));
    await route.fulfill({ response, json: told });
  });
  // From so far that both wards are on the map.
  await page.goto(`${asked.url}/?at=10.5833,106.9033,8.4`);
  await drawn(page);
  const names = () => page.evaluate(() => document.querySelector(".maplibregl-map").map.queryRenderedFeatures({ layers: ["ward-names"] }).map((one) => one.properties.name));
  await eventually(async () => {
    await drawn(page);
    assert.deepEqual((await names()).sort(), ["Phường Bến Thành", "Xã Phước Hải"]);
  });
  await page.goto(`${asked.url}/?at=10.39894,107.11293,15.5`);
  await drawn(page);
  await eventually(async () => {
    const codes = await page.evaluate(() => document.querySelector(".maplibregl-map").map.queryRenderedFeatures({ layers: ["without-data"] }).map((one) => one.properties.code));
    assert.deepEqual([...new Set(codes)], ["26686"]);
  });
  await page.goto(`${asked.url}/?at=10.76885,106.69404,15.5`);
  await rendered(page, "without-data", "code", exactly([]));
});

await step("the map of a past day has the lots of that day", async () => {
  const page = await openMap(`&date=${asked.date}`);
  await rendered(page, "lot-numbers", "number", among(["14"], "21"));
  await click(page, 10, 10);
  await page.getByRole("heading", { name: "Thửa 14, tờ 5" }).waitFor();
  await page.getByRole("button", { name: "01/08/2025" }).click();
  await examine(page, "choosing a day");
  await page.getByRole("button", { name: "Về hôm nay" }).click();
  await page.getByRole("heading", { name: /^Thửa đất này không còn/ }).waitFor();
  await page.keyboard.press("Escape");
  await rendered(page, "lot-numbers", "number", among(["21"], "14"));
});

await step("the days are pulled along with the keyboard", async () => {
  const page = await open(`/?id=${asked.id}`);
  await page.getByRole("button", { name: "Hôm nay" }).press("Enter");
  await page.getByRole("slider").press("ArrowLeft");
  await page.getByRole("button", { name: "22/11/2026" }).waitFor();
  assert.ok(page.url().includes("date=2026-11-22"), page.url());
});

await step("layers are hidden and shown, and the address says so", async () => {
  const page = await openMap();
  await page.getByRole("button", { name: "Lớp bản đồ" }).click();
  await examine(page, "choosing layers");
  await page.getByRole("checkbox", { name: "Thửa đất" }).click();
  await rendered(page, "lots", "number", exactly([]));
  assert.ok(page.url().includes("show="), page.url());
  await page.reload();
  await rendered(page, "lots", "number", exactly([]));
});

await step("the keyboard alone moves the map and opens what is in its middle", async () => {
  const page = await openMap();
  await page.locator(".map canvas").focus();
  await page.keyboard.press("Enter");
  await title(page).filter({ hasText: /^Thửa|^Nơi này/ }).waitFor();
  const before = new URL(page.url()).searchParams.get("id") ?? "";
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((old) => !location.search.includes(old), new URL(page.url()).searchParams.get("at") ?? "none");
  await drawn(page);
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => new URL(location.href).searchParams.get("id") !== old, before);
});

await step("what is near is a list that needs no map", async () => {
  const page = await open(looking());
  await drawn(page);
  await page.getByRole("button", { name: /^Quanh tâm bản đồ/ }).press("Enter");
  await page.locator(".candidate").first().waitFor();
  const names = await page.locator(".candidate strong").allTextContents();
  assert.ok(names.includes("Thửa 12, tờ 5") && names.includes("Thửa 22, tờ 5"), names.join());
  await page.locator(".candidate").first().press("Enter");
  await page.locator("article.parcel").waitFor();
});

await step("my position is drawn with the circle in which it may lie", async () => {
  const [longitude, latitude] = place(8, 10);
  const page = await open("/", { permissions: ["geolocation"], geolocation: { longitude, latitude, accuracy: 15 } });
  await page.getByRole("button", { name: /^Vị trí của tôi/ }).click();
  await page.locator(".candidate").first().waitFor();
  const around = async () => page.evaluate(() => {
    const { map } = document.querySelector(".maplibregl-map");
    const [circle] = map.queryRenderedFeatures({ layers: ["asked-circle"] });
    const points = map.queryRenderedFeatures({ layers: ["asked-point"] });
    return { circle: circle !== undefined, points: points.length };
  });
  await page.waitForFunction(() => document.querySelector(".maplibregl-map")?.map?.getZoom() > 16);
  await drawn(page);
  await eventually(async () => assert.deepEqual(await around(), { circle: true, points: 1 }));
});

await step("a shared address looks where it was made", async () => {
  const page = await openMap();
  const canvas = await page.locator(".map canvas").boundingBox();
  const [x, y] = [canvas.x + canvas.width / 2, canvas.y + 220];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((old) => location.search.includes("at=") && !location.search.includes(old), middle[0].toFixed(5));
  await drawn(page);
  const address = page.url();
  const center = () => page.evaluate(() => document.querySelector(".maplibregl-map").map.getCenter());
  const before = await center();
  await page.goto(address);
  await drawn(page);
  const after = await center();
  assert.ok(Math.hypot(after.lng - before.lng, after.lat - before.lat) < 2e-5, `${JSON.stringify(before)} ${JSON.stringify(after)}`);
});

await step("the dark map has the same contrasts", async () => {
  const page = await openMap("", { colorScheme: "dark" });
  await click(page, 2, 10);
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
  await examine(page, "dark map");
});

await end();
