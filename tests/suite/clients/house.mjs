// What applies to a parcel and a house drawn on it, in a real browser at one width: told as the server
// tells it, judged while it is drawn. Usage: node house.mjs '{"url":…,"width":…,"id":…,"folder":…}'
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asked, drawn, end, eventually, examine, open, phone, step } from "./browser.mjs";

const ask = async (path, body) => (await fetch(asked.url + path, body && {
  method: "POST", headers: { "Content-Type": "application/json" }, body,
})).json();

/** What an ordinary row house has to say so that no rule waits for it. */
const TOLD = "building_kind-row_house*development-existing*work-new*applicant-household*grade-4*in_board_area-false"
  + "*central_district-false*commercial_street-false*commercial_axis-false*regional_road-false*urban_area-true*added_storey-false"
  + "*set_back_row_length_m-0*most_of_block_set_back-false*building_line_on_red_line-true*cable_ground-none*balcony_m-none"
  + "*balcony_underside_m-none*decoration_percent-none*low_parts_m-none*pergola_height_m-none*pergola_open_percent-none*sidewalk_m-3"
  + "*other_conditions_shown-true*storeys-3*basements-0*floorOneHeightM-3.8*heightAtBuildingLineM-10*ridgeHeightM-11*floorAreaM2-150";

/** Opens the panel of the parcel with a house in the address; notes what the page asks about it. */
async function openHouse(house = String(asked.id), more = "", options = {}) {
  const page = await open(`/?id=${asked.id}&house=${house}${more}`, options);
  await page.locator(".total[data-total]").waitFor();
  await settled(page);
  return page;
}

/** Waits until the map has come to rest where the house is. */
async function settled(page) {
  await page.waitForFunction(() => document.querySelector(".maplibregl-map")?.map?.getSource("house"));
  await page.waitForTimeout(800);
  await drawn(page);
}

/** The body of the newest question about the house, and the server's own answer to it. */
async function newest(page, act) {
  let body;
  const note = (request) => {
    if (request.method() === "POST" && request.url().includes("/v1/checks")) body = request.postData();
  };
  page.on("request", note);
  await act();
  await eventually(() => assert.ok(body, "the page asks"));
  await page.waitForTimeout(400);
  page.off("request", note);
  return { question: JSON.parse(body), answer: await ask("/v1/checks?lang=vi", body) };
}

/** Has the first question about a house refused, as by a server that had too many. */
function refuseOnce() {
  const send = window.fetch;
  let refused = false;
  window.fetch = (path, options) => {
    if (options?.method !== "POST" || refused) return send(path, options);
    refused = true;
    return Promise.resolve(new Response("{}", { status: 429 }));
  };
}

const total = (page) => page.locator(".total").getAttribute("data-total");

/** Holds that the page shows the verdicts of an answer. */
async function shows(page, answer) {
  await eventually(async () => assert.equal(await total(page), answer.total));
  const failing = [...answer.verdicts.filter((one) => one.outcome === "fail").map((one) => one.quantity), ...(answer.standing.outcome === "fail" ? ["standing"] : [])];
  await eventually(async () => {
    const told = await page.locator(".verdict.fail").evaluateAll((all) => all.map((one) => one.dataset.quantity));
    assert.deepEqual(told.sort(), failing.sort());
  });
}

/** The corners of the footprint of a question, without the last, which repeats the first. */
const corners = ({ footprint }) => footprint.coordinates[0][0].slice(0, -1);
const far = ([a, b], [c, d]) => Math.hypot(c - a, d - b);
const shapeOf = (page, source) => page.evaluate((name) => document.querySelector(".maplibregl-map").map.getSource(name).serialize().data.features, source);

/** Where a place of the map stands on the screen. */
const pixelOf = (page, place) => page.evaluate((at) => {
  const { map } = document.querySelector(".maplibregl-map");
  const { left, top } = map.getCanvas().getBoundingClientRect();
  const { x, y } = map.project(at);
  return [x + left, y + top];
}, place);

const between = ([a, b], [c, d], share = 0.5) => [a + (c - a) * share, b + (d - b) * share];
const field = (page, name) => page.getByRole("textbox", { name, exact: true });

await step("what applies is told in three lists as the server tells it, in both languages", async () => {
  for (const [lang, words] of [["vi", ["Có liên quan", "Chưa có dữ liệu", "Không liên quan"]], ["en", ["Concerned", "Without data", "Not concerned"]]]) {
    // Of the second parcel two themes are without data.
    for (const id of [asked.id, 2000]) {
      const page = await open(`/?id=${id}&lang=${lang}`);
      await page.locator(".concern").nth(2).waitFor();
      const extract = await ask(`/v1/parcels/${id}/extract?lang=${lang}`);
      assert.deepEqual(await page.locator(".concern h3").evaluateAll((all) => all.map((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join("").trim())), words);
      for (const [concern, list] of [["concerned", "concerned"], ["withoutData", "withoutData"], ["notConcerned", "notConcerned"]]) {
        const told = page.locator(`[data-concern=${concern}] [data-theme]`);
        assert.deepEqual(await told.evaluateAll((all) => all.map((one) => one.dataset.theme)), extract.summary[list], `${concern} of ${id}`);
      }
      for (const theme of extract.themes) {
        const own = await page.locator(`[data-theme=${theme.code}]`).textContent();
        assert.ok(own.includes(theme.title), theme.title);
        for (const gap of theme.gaps) assert.ok(own.includes(gap.text), gap.text);
        // What a zoning plan says of its unit is no bound of a lot.
        if (own.includes("mật độ")) assert.equal(own.includes("mật độ của cả ô quy hoạch"), theme.code === "zoning", own);
        for (const { legend, share } of theme.restrictions) {
          const number = (value, least, most) => new Intl.NumberFormat(lang === "vi" ? "vi-VN" : "en-GB", { minimumFractionDigits: least, maximumFractionDigits: most }).format(value);
          assert.ok(own.includes(legend) && own.includes(`${number(share.m2, 1, 2)} m²`) && own.includes(`${number(share.percentOfMeasured, 1, 1)} %`), own);
        }
      }
      await page.locator("[data-concern=concerned] summary").first().click();
      const [{ provisions: [law] }] = extract.themes.find((theme) => theme.concern === "concerned").restrictions;
      await page.locator("[data-concern=concerned] .law").filter({ hasText: law.act }).first().waitFor();
      await examine(page, `what applies to ${id} in ${lang}`);
      await page.screenshot({ path: join(asked.folder, `applies-${id}-${lang}-${asked.width}.png`) });
    }
  }
});

await step("drawing begins in the lot beside its front, and the tools come only then", async () => {
  const page = await open(`/?id=${asked.id}`);
  const files = [];
  page.on("request", (request) => files.push(request.url()));
  await page.getByRole("button", { name: "Vẽ nhà trên thửa này" }).waitFor();
  if (phone) await page.locator("button.grip").press("ArrowDown");
  assert.ok(!files.some((url) => /\/House[-.](?!S)/.test(url)));
  await page.getByRole("button", { name: "Vẽ nhà trên thửa này" }).press("Enter");
  await page.locator(".total[data-total]").waitFor();
  assert.ok(files.some((url) => /\/House[-.](?!S)/.test(url)));
  await settled(page);
  assert.equal(await total(page), "officer_decides");
  assert.equal(await page.locator(".verdict.fail").count(), 0, "it stands in the lot and keeps its distances");
  await examine(page, "a house");
  // All corners can be taken hold of, whatever height the sheet had before.
  const [{ geometry: { coordinates: [ring] } }] = await shapeOf(page, "house");
  const top = phone ? (await page.locator(".sheet").boundingBox()).y : 844;
  for (const corner of ring) {
    const [x, y] = await pixelOf(page, corner);
    assert.ok(x > 0 && x < asked.width && y > 112 && y < top - 20, `${x} ${y} above ${top}`);
  }
  await page.screenshot({ path: join(asked.folder, `house-${asked.width}.png`) });
  assert.match(page.url(), new RegExp(`house=${asked.id}\\*9210\\*`));
  await page.getByRole("button", { name: "Thôi vẽ nhà" }).click();
  await page.getByRole("button", { name: "Vẽ nhà trên thửa này" }).waitFor();
  assert.ok(!page.url().includes("house="));
});

await step("typed lengths are those of the footprint that is judged, and the total is the server's", async () => {
  const page = await openHouse();
  await newest(page, () => field(page, "Rộng").fill("3,2"));
  await newest(page, () => field(page, "Cách mặt trước").fill("1,5"));
  await newest(page, () => field(page, "Cách ranh bên trái").fill("0,1"));
  const { question, answer } = await newest(page, () => field(page, "Sâu").fill("10"));
  const [a, b, c, d] = corners(question);
  for (const [from, to, metres] of [[a, b, 3.2], [b, c, 10], [c, d, 3.2], [d, a, 10]]) {
    assert.ok(Math.abs(far(from, to) - metres) < 0.002, `${far(from, to)} is ${metres}`);
  }
  const [front] = answer.site.edges.filter(({ facing }) => facing === "road").map(({ line }) => line.coordinates);
  const beyond = (p) => ((front[1][0] - front[0][0]) * (p[1] - front[0][1]) - (front[1][1] - front[0][1]) * (p[0] - front[0][0])) / far(...front);
  assert.ok(Math.abs(beyond(a) - 1.5) < 0.002 && Math.abs(beyond(b) - 1.5) < 0.002, "1.5 m from the front");
  assert.equal(answer.standing.outcome, "pass");
  await shows(page, answer);
  await field(page, "Sâu").fill("abc");
  await page.getByText("Cần một con số").waitFor();
});

await step("what is typed is never made another number: it is told to be wrong, and nothing is asked", async () => {
  for (const [lang, names, cases] of [
    ["vi", { storeys: "Số tầng (luật tính)", ridge: "Cao đến đỉnh mái", width: "Rộng" }, [
      ["storeys", "5,4", "Cần một số nguyên"], ["storeys", "2,5", "Cần một số nguyên"], ["storeys", "-1", "từ 0 trở lên, ví dụ 3."],
      ["ridge", "20,0004", "Tối đa 3 chữ số thập phân."], ["ridge", "1.500", "hãy viết 1500 hoặc 1,5"],
      ["width", "3,2567", "Tối đa 3"], ["width", "", "Cần điền ô này."], ["width", "0", "Phải lớn hơn 0."], ["width", "-1", "Phải lớn hơn 0."],
    ]],
    ["en", { storeys: "Storeys (as the law counts)", ridge: "Height to the ridge", width: "Width" }, [["storeys", "1,500", "write 1500 or 1.5"], ["width", "3.25674", "At most 3 decimals."]]],
  ]) {
    const page = await openHouse(`${asked.id}*9210*id.1go.2i1.-w0.3mb.a6e.-2i1.w1*${TOLD}`, `&lang=${lang}`);
    for (const [name, typed, says] of cases) {
      const bodies = [];
      const note = (request) => { if (request.method() === "POST") bodies.push(request.postData()); };
      const before = await field(page, names[name]).inputValue();
      page.on("request", note);
      await field(page, names[name]).fill(typed);
      await page.locator(".number-field .wrong").filter({ hasText: says }).waitFor();
      await field(page, names[name]).blur();
      await page.waitForTimeout(300);
      assert.equal(await field(page, names[name]).inputValue(), typed, "what is typed stays");
      assert.equal(await total(page), null, `${typed}: no verdict`);
      assert.match(await page.locator(".total").textContent(), /Nhà chưa khai xong|The house is not complete/);
      assert.equal(await page.locator(".verdict").count(), 0);
      assert.deepEqual(bodies, [], `${typed} is not asked`);
      page.off("request", note);
      if (typed === "5,4") {
        await examine(page, "a wrong number");
        await page.screenshot({ path: join(asked.folder, `wrong-${asked.width}.png`) });
      }
      await newest(page, () => field(page, names[name]).fill(before));
      await page.locator(".total[data-total]").waitFor();
    }
  }
});

await step("the three totals come with word and sign, numbers, and the law behind a tap", async () => {
  const open = await openHouse();
  const outline = new URL(open.url()).searchParams.get("house").split("*")[2];
  const page = await openHouse(`${asked.id}*9210*${outline}*${TOLD}`);
  assert.equal(await total(page), "may_proceed");
  assert.equal(await page.locator(".total [role=status]").textContent(), "Được: không quy định nào cản trở, nếu những gì đã khai là đúng");
  assert.equal(await page.locator(".verdict.unknown").count(), 0);
  await page.screenshot({ path: join(asked.folder, `may-proceed-${asked.width}.png`) });
  const { answer } = await newest(page, () => field(page, "Số tầng (luật tính)").fill("9"));
  assert.equal(answer.total, "may_not");
  await shows(page, answer);
  const storeys = page.locator('[data-quantity="storeys"]');
  assert.match(await storeys.textContent(), /Không đạt.*Cần tối đa 5 tầng.*Có 9 tầng.*Vượt 4 tầng/);
  const { act, title } = answer.verdicts.find(({ quantity }) => quantity === "storeys").rules.find(({ role }) => role === "governs");
  assert.ok((await storeys.locator("summary").textContent()).includes(`theo ${title}`), "which rule governs");
  await storeys.locator("summary").press("Enter");
  await storeys.locator(".rules").getByText(act).first().waitFor();
  await examine(page, "a house that may not stand");
  await page.screenshot({ path: join(asked.folder, `may-not-${asked.width}.png`) });
  await newest(page, () => field(page, "Số tầng (luật tính)").fill("3"));
  await eventually(async () => assert.equal(await total(page), "may_proceed"));
  await page.locator(".asks summary").click();
  const asking = page.getByRole("combobox", { name: /^Hồ sơ chứng minh các điều kiện khác/ });
  await newest(page, () => asking.selectOption(""));
  await eventually(async () => assert.equal(await total(page), "officer_decides"));
  assert.match(await page.locator(".total").textContent(), /1 chưa rõ/);
  await examine(page, "what may be told");
  // Why an officer must look stands in the banner, with a way to the place that says it.
  const why = page.locator(".total .why");
  assert.match(await why.textContent(), /: chưa rõ$/);
  await why.click();
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.closest(".verdict")?.className), "verdict unknown"));
  await newest(page, () => asking.selectOption("true"));
  await newest(page, () => field(page, "Tổng diện tích sàn").fill("60"));
  await eventually(async () => assert.match(await page.locator(".total").textContent(), /nhưng còn điều phải xem.*Điều đã khai khác/));
  await why.click();
  await eventually(async () => assert.equal(await page.locator(".permit .open").evaluate((own) => own === document.activeElement), true));
});

await step("what was known says where it is from, in words and with units", async () => {
  for (const [lang, drawing, assumed, stated, kind] of [
    ["vi", "từ bản vẽ", "giả định, vì chưa khai khác", "lời khai", "khu hiện hữu"],
    ["en", "from the drawing", "assumed, as nothing else was stated", "told by you", "existing built-up area"],
  ]) {
    const page = await openHouse(`${asked.id}*9210*id.1go.2i1.-w0.3mb.a6e.-2i1.w1*${TOLD}`, `&lang=${lang}`);
    const { question: body, answer } = await newest(page, () => page.locator(".walls summary").click().then(() => page.locator(".walls li button").nth(1).press("ArrowUp")));
    await page.locator("details.known > summary").click();
    const told = async (parameter) => {
      const { text } = (await ask(`/v1/checks?lang=${lang}`, JSON.stringify(body))).facts.find((one) => one.parameter === parameter);
      const row = page.locator(".facts-known > div").filter({ has: page.locator("dt").getByText(text, { exact: true }) });
      return (await row.locator("dd").textContent()).replaceAll("\u00a0", " ");
    };
    for (const [parameter, says] of [
      ["building_frontage_m", new RegExp(`^\\d[\\d.,]* m${drawing}$`)], ["depth_from_building_line_m", new RegExp(` m${drawing}$`)],
      ["divides_lot", new RegExp(`${assumed}$`)], ["several_communes", new RegExp(`${assumed}$`)], ["ramp_setback_m", new RegExp(`${assumed}$`)],
      ["development", new RegExp(`^${kind}${stated}$`)], ["lot_area_m2", / m²(từ sổ|from the register)$/], ["storeys", new RegExp(`^3 (tầng|storeys)${stated}$`)],
    ]) assert.match(await told(parameter), says);
    const said = await page.locator(".facts-known dd").evaluateAll((all) => all.map((one) => one.firstChild.textContent));
    const isCode = lang === "vi" ? /^(existing|new|row_house|household|none|true|false)$/ : /_|^(existing|new|true|false)$/;
    assert.deepEqual(said.filter((text) => isCode.test(text)), []);
    await page.locator(".facts-known").scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(asked.folder, `known-${lang}-${asked.width}.png`) });
    if (lang === "vi") {
      const behind = answer.verdicts.find(({ quantity }) => quantity === "setback/rear").found;
      const shown = await page.locator(".lengths .means").textContent();
      assert.ok(shown.includes(`Phía sau còn ${Number(behind).toFixed(2).replace(".", ",")} m`), `${shown} with ${behind}`);
    }
  }
});

await step("a wall dragged over the red line fails where it does, and undo restores it", async () => {
  const page = await openHouse();
  const [before] = await shapeOf(page, "house");
  const ring = before.geometry.coordinates[0];
  const [{ geometry: { coordinates: front } }] = (await shapeOf(page, "house-lot")).filter((one) => one.properties.facing === "road");
  assert.ok(far(ring[0], front[0]) < 1e-6, "it begins at the front");
  let underWay = 0;
  let most = 0;
  let body;
  page.on("request", (request) => {
    if (!request.url().includes("/v1/checks")) return;
    most = Math.max(most, underWay += 1);
    body = request.postData();
  });
  page.on("requestfinished", (request) => { if (request.url().includes("/v1/checks")) underWay -= 1; });
  page.on("requestfailed", (request) => { if (request.url().includes("/v1/checks")) underWay -= 1; });
  const [x, y] = await pixelOf(page, between(ring[0], ring[1]));
  const [inX, inY] = await pixelOf(page, between(ring[2], ring[3]));
  const scale = 14 / Math.hypot(x - inX, y - inY);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (x - inX) * scale, y + (y - inY) * scale, { steps: 20 });
  // While it is held, what is told follows.
  await page.locator('.total[data-total="may_not"]').waitFor();
  await page.locator('[data-quantity="standing"].fail').waitFor();
  await page.mouse.up();
  assert.ok(most <= 1, `${most} questions at once`);
  await page.waitForTimeout(400);
  const answer = await ask("/v1/checks?lang=vi", body);
  assert.ok(answer.standing.witness !== null && Number(answer.standing.beyondM2) > 0);
  await shows(page, answer);
  const beyond = (p) => (front[1][0] - front[0][0]) * (p[1] - front[0][1]) - (front[1][1] - front[0][1]) * (p[0] - front[0][0]);
  await eventually(async () => {
    const [witness] = (await shapeOf(page, "house-witness")).filter((one) => one.properties.quantity === "standing");
    assert.equal(witness.properties.outcome, "fail");
    const reached = witness.geometry.coordinates.flat(2).map(beyond);
    assert.ok(Math.max(...reached) < 1e-12, `it lies before the front, on the road's side: ${reached}`);
  });
  await drawn(page);
  await page.screenshot({ path: join(asked.folder, `beyond-${asked.width}.png`) });
  await page.getByRole("button", { name: "Hoàn tác" }).click();
  await eventually(async () => assert.deepEqual((await shapeOf(page, "house"))[0].geometry.coordinates[0], ring));
  await eventually(async () => assert.equal(await total(page), "officer_decides"));
  await eventually(async () => assert.deepEqual(await shapeOf(page, "house-witness"), []));
  await page.getByRole("button", { name: "Làm lại" }).click();
  await eventually(async () => assert.equal(await total(page), "may_not"));
});

await step("a corner is dragged by touch, and the map stays where it is", async () => {
  const page = await openHouse(String(asked.id), "", { hasTouch: true });
  const [{ geometry: { coordinates: [ring] } }] = await shapeOf(page, "house");
  const [x, y] = await pixelOf(page, ring[2]);
  const look = () => page.evaluate(() => document.querySelector(".maplibregl-map").map.getCenter().toString());
  const before = await look();
  const touch = await page.context().newCDPSession(page);
  const send = (type, points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([a, b]) => ({ x: a, y: b })) });
  await send("touchStart", [[x, y]]);
  for (let i = 1; i <= 6; i += 1) await send("touchMove", [[x - i * 2, y + i * 4]]);
  await send("touchEnd", []);
  const [{ geometry: { coordinates: [now] } }] = await shapeOf(page, "house");
  assert.ok(far(now[2], ring[2]) > 1e-6 && far(now[0], ring[0]) < 1e-9 && far(now[1], ring[1]) < 1e-9, "one corner moved");
  assert.equal(await look(), before);
});

await step("the keyboard alone moves a wall by whole decimetres, and takes it back", async () => {
  const page = await openHouse();
  const depth = async () => Number((await field(page, "Sâu").inputValue()).replace(",", "."));
  const before = await depth();
  await page.locator(".walls summary").press("Enter");
  const rear = page.getByRole("button", { name: /^Tường sau/ });
  await rear.press("ArrowUp");
  assert.ok(Math.abs((await depth()) - before - 0.1) < 0.002, `${await depth()} after ${before}`);
  await rear.press("Shift+ArrowDown");
  assert.ok(Math.abs((await depth()) - before - 0.09) < 0.002);
  await rear.press("Enter");
  await page.getByRole("button", { name: "Thêm góc" }).click();
  await eventually(async () => assert.equal(await page.getByRole("button", { name: /^Góc/ }).count(), 5));
  await examine(page, "walls and corners");
  await page.keyboard.press("Control+z");
  await eventually(async () => assert.equal(await page.getByRole("button", { name: /^Góc/ }).count(), 4));
});

await step("an outline is tapped, held on the corners of the lot", async () => {
  const page = await openHouse();
  const lot = (await shapeOf(page, "house-lot")).map((one) => one.geometry.coordinates[0]);
  await page.getByRole("button", { name: "Chấm góc" }).click();
  for (const corner of lot) {
    const [x, y] = await pixelOf(page, corner);
    await page.mouse.click(x + 3, y + 3);
  }
  const { question, answer } = await newest(page, () => page.getByRole("button", { name: "Khép hình" }).click());
  const ring = answer.site.lot.coordinates[0][0].slice(0, -1);
  for (const corner of corners(question)) assert.ok(ring.some((own) => far(own, corner) === 0), `${corner} is one of the lot's`);
  assert.equal(answer.standing.outcome, "pass");
  await shows(page, answer);
});

await step("a shared address draws the same house with what was told of it", async () => {
  const page = await openHouse(`${asked.id}*9210**${TOLD}`.replace("9210**", "9210*id.1go.2i1.-w0.3mb.a6e.-2i1.w1*"));
  const { question } = await newest(page, () => field(page, "Rộng").fill("3,3"));
  await page.waitForTimeout(500);
  const again = await open(new URL(page.url()).pathname + new URL(page.url()).search);
  const asks = [];
  again.on("request", (request) => { if (request.method() === "POST") asks.push(request.postData()); });
  await again.locator(".total[data-total]").waitFor();
  await eventually(() => assert.ok(asks.some((body) => JSON.stringify(JSON.parse(body)) === JSON.stringify(question)), asks.at(-1)));
  assert.equal(await field(again, "Rộng").inputValue(), "3,3");
  // What stands in an address and is no house draws nothing and breaks nothing.
  await Promise.all([page.context().close(), again.context().close()]);
  const wrong = await open(`/?id=${asked.id}&house=${asked.id}*9210*zz.zz.0*x-<b>*storeys-99999`, { before: refuseOnce });
  await wrong.getByText("`99999` không phải là số tầng").waitFor();
  assert.equal(await wrong.getByRole("button", { name: /^Góc/ }).count(), 0);
  await wrong.getByText("Liên kết này vẽ một căn nhà, nhưng có chỗ không đọc được").waitFor();
});

await step("what may be built and the house stand in space, are turned by keys, and lie flat again", async () => {
  const page = await openHouse(`${asked.id}*9210*id.1go.2i1.-w0.3mb.a6e.-2i1.w1*${TOLD}*detailed_front_setback_m-none`);
  const look = () => page.evaluate(() => {
    const { map } = document.querySelector(".maplibregl-map");
    return [map.getPitch(), map.getBearing()].map(Math.round);
  });
  const extent = await page.locator(".buildable").getAttribute("data-extent");
  const address = page.url();
  const solid = page.getByRole("button", { name: "3D", exact: true });
  await solid.press("Enter");
  await eventually(async () => assert.equal((await look())[0], 52));
  assert.equal(await solid.getAttribute("aria-pressed"), "true");
  const levels = await shapeOf(page, "house-levels");
  assert.equal(levels.length > 0, extent === "known");
  for (const [i, { properties: { from, to } }] of levels.entries()) assert.equal(from, i === 0 ? 0 : levels[i - 1].properties.to, `${from} to ${to}`);
  const [house] = await shapeOf(page, "house-body");
  assert.equal(house.properties.to, 11, "as high as it is told");
  await page.getByText("Khối vàng: nhà đang vẽ.").waitFor();
  const [, before] = await look();
  await page.getByRole("button", { name: "Xoay phải" }).press("Enter");
  await eventually(async () => assert.equal((await look())[1], before + 45));
  await drawn(page);
  await examine(page, "in space");
  await page.screenshot({ path: join(asked.folder, `space-${asked.width}.png`) });
  // Without a height nobody knows how high the body is.
  await newest(page, () => field(page, "Cao đến đỉnh mái").fill(""));
  await eventually(async () => assert.deepEqual(await shapeOf(page, "house-body"), []));
  await page.getByText("Nhập chiều cao đến đỉnh mái").waitFor();
  await newest(page, () => field(page, "Cao đến đỉnh mái").fill("11"));
  await solid.press("Enter");
  await eventually(async () => assert.deepEqual(await look(), [0, 0]));
  await page.getByRole("button", { name: "Chấm góc" }).waitFor();
  const said = (url) => [...new URL(url).searchParams.keys()].filter((name) => name !== "at");
  assert.deepEqual(said(page.url()), said(address), "it is nothing to share");
});

await step("signed evidence of what is drawn is a file", async () => {
  const page = await openHouse();
  const { question } = await newest(page, () => field(page, "Sâu").fill("9"));
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Tải bằng chứng có chữ ký" }).click()]);
  assert.equal(file.suggestedFilename(), `diachinh-${asked.id}.json`);
  const signed = JSON.parse(readFileSync(await file.path(), "utf8"));
  assert.ok(signed.signature && signed.payload && signed.key, Object.keys(signed).join());
  assert.ok(JSON.stringify(signed.payload).includes(String(corners(question)[2][0])), "the question as it came");
});

await step("on paper everything stands open, with a drawing and without tools", async () => {
  const page = await openHouse();
  await page.emulateMedia({ media: "print" });
  await page.locator(".plan .of-house").waitFor();
  await eventually(async () => assert.equal(await page.locator(".verdict.unknown details:not([open])").count(), 0));
  assert.equal(await page.locator(".tools").isVisible(), false);
  assert.ok(await page.locator('[data-theme="right_of_way"] .law').isVisible());
  await page.screenshot({ path: join(asked.folder, `paper-${asked.width}.png`), fullPage: true });
});

await step("in English and in the dark it is as plain, and every target is wide enough for a finger", async () => {
  const page = await openHouse(`${asked.id}*9210*id.1go.2i1.-w0.3n8.a91.-2i1.w0*building_kind-row_house*storeys-9`, "&lang=en", { colorScheme: "dark" });
  await page.getByRole("heading", { name: "May this house stand here?" }).waitFor();
  assert.match(await page.locator(".total").textContent(), /An officer must look|May not/);
  await page.locator("details.group summary").first().click();
  await page.locator(".walls summary").click();
  await page.locator(".asks summary").click();
  await examine(page, "in English and in the dark");
  const small = await page.locator(".house button, .house summary, .house select, .house .box, .applies summary").evaluateAll((all) => all
    .map((one) => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5)).map(([text, box]) => `${text}: ${box.width} x ${box.height}`));
  if (phone) assert.deepEqual(small, []);
  await page.screenshot({ path: join(asked.folder, `dark-${asked.width}.png`) });
});

await end();
