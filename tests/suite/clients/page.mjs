// The page in a real browser, at one width: found, understood, without barriers, without requests
// to anybody else. Usage: node page.mjs '{"url":…,"width":…,"q":…,"lon":…,"lat":…,"id":…,"folder":…}'
import assert from "node:assert/strict";
import { asked, drawn, end, eventually, examine, open, phone, step } from "./browser.mjs";

const heading = (page) => page.locator("article.parcel h1");

await step("the facts stand in the page before any script", async () => {
  const page = await open(`/?id=${asked.id}`, { javaScriptEnabled: false });
  assert.equal(await heading(page).textContent(), "Thửa 12, tờ 5");
  assert.match(await page.title(), /^Thửa 12, tờ 5/);
  assert.equal(await page.locator(".heading .tag").textContent(), "Đang sử dụng");
  assert.match(await page.locator(".facts-panel").textContent(), /80,0 m².*Đất ở tại đô thị.*tờ 5, thửa 12/);
  assert.equal(await page.locator("#first-map .chosen").count(), 1);
  assert.ok(await page.locator("#first-map .lot").count() > 1, "with what lies around it");
  await page.goto(`${asked.url}/?id=${asked.id}&lang=en`);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(await heading(page).textContent(), "Parcel 12, sheet 5");
  assert.match(await page.locator(".facts-panel").textContent(), /80.0 m²/);
  await page.goto(`${asked.url}/`);
  assert.match(await page.locator(".holds").textContent(), /^Sổ có \d+ thửa đất ở 2 trong 2 phường, xã.$/);
  await page.getByRole("searchbox").fill(asked.q);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thửa 13, tờ 5" }).waitFor();
});

/** Where what the server has drawn stands. */
const places = (page) => page.evaluate(() => {
  const drawn = document.querySelectorAll("#first-map svg, .top, .brand, .first-input, .sheet, main, h1, .where, .panel, .areas > div, .facts > div, .synthetic");
  return [...drawn].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [one.className?.baseVal ?? one.className, ...[x, y, width, height].map(Math.round)].join(" ");
  });
});

await step("the first view is drawn where it stays before style sheet and scripts have come", async () => {
  const early = await open("/icon.svg");
  await early.route(/\/assets\//, () => {}); // They never come.
  await early.goto(`${asked.url}/?id=${asked.id}`, { waitUntil: "commit" });
  await heading(early).waitFor();
  assert.equal(await early.locator("html").getAttribute("data-mantine-color-scheme"), "light");
  await eventually(async () => assert.equal(await early.evaluate(() => performance.getEntriesByName("first-contentful-paint").length), 1));
  const late = await open("/icon.svg", { javaScriptEnabled: false });
  await late.route(/woff2/, (route) => route.abort()); // The typeface comes later in any case.
  await late.goto(`${asked.url}/?id=${asked.id}`);
  const expected = await places(late);
  assert.ok(expected.length > 12, `${expected}`);
  assert.deepEqual(await places(early), expected);
});

await step("what is asked for is never markup", async () => {
  const page = await open(`/?q=${encodeURIComponent('"><img src=x onerror=alert(1)></script><b>')}`, { javaScriptEnabled: false });
  assert.equal(await page.locator("img[src=x], main b").count(), 0);
  assert.equal(await page.getByRole("searchbox").inputValue(), '"><img src=x onerror=alert(1)></script><b>');
});

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
  await eventually(async () => assert.match(await heading(page).textContent(), /^Thửa .+, tờ .+/));
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
  await eventually(async () => assert.equal(await page.locator(".drawing .outline").count(), 1));
  await eventually(async () => assert.ok(await page.locator(".drawing .neighbour").count() > 0, "neighbours are drawn"));
  const lengths = page.locator(".drawing .length");
  await eventually(async () => assert.ok(await lengths.count() > 0, "edges carry lengths"));
  await eventually(async () => assert.match(await lengths.first().textContent(), /^\d+,\d\d$/));
  const size = await lengths.first().evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize));
  assert.ok(size >= 12, `lengths are ${size} px high`);
  const rows = await page.locator(".vertices tbody tr").count();
  assert.ok(rows >= 3, `${rows} vertices`);
  const before = await heading(page).textContent();
  await page.locator(".drawing .neighbour").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("article.parcel h1")?.textContent !== old, before);
  await page.goBack();
  await page.waitForFunction((old) => document.querySelector("article.parcel h1")?.textContent === old, before);
});

await step("my position lists who holds how much of its circle", async () => {
  const page = await open("/", {
    permissions: ["geolocation"],
    geolocation: { longitude: asked.lon, latitude: asked.lat, accuracy: 15 },
  });
  await page.getByRole("button", { name: "Vị trí của tôi" }).click();
  await page.locator(".candidate, article.parcel").first().waitFor();
  await eventually(async () => assert.match(await page.locator("#result .tag", { hasText: "vòng sai số" }).first().textContent(), /\d+\s?%/));
  await examine(page, "candidates");
});

await step("a position that the browser keeps to itself is explained", async () => {
  const page = await open("/", { permissions: [] });
  await page.getByRole("button", { name: "Vị trí của tôi" }).click();
  await page.getByRole("alert").waitFor();
});

await step("the page speaks English when it is asked to, and remembers", async () => {
  const page = await open(`/?id=${asked.id}`);
  if (phone) await page.getByRole("button", { name: "Ngôn ngữ và giao diện" }).click();
  await page.getByText("EN", { exact: true }).filter({ visible: true }).click();
  await page.getByText(/^Parcel .+, sheet/).first().waitFor();
  await eventually(async () => assert.equal(await page.locator("html").getAttribute("lang"), "en"));
  assert.ok(page.url().includes("lang=en"), page.url());
  await page.reload();
  await page.getByText(/^Parcel .+, sheet/).first().waitFor();
  await examine(page, "in English");
});

await step("nothing there is an answer with a reason", async () => {
  const page = await open("/?lon=100.5&lat=13.75");
  await page.getByRole("heading", { name: "Nơi này ở ngoài Thành phố Hồ Chí Minh" }).waitFor();
  await examine(page, "outside the city");
});

await step("a parcel of another day is told as that, with a way there, and one that never was with a way to search", async () => {
  const page = await open("/?id=3");
  await page.getByRole("heading", { name: "Thửa đất này không còn vào ngày 23/11/2026" }).waitFor();
  assert.equal(await page.getByText("Mã yêu cầu").count(), 0);
  await examine(page, "no more");
  await page.getByRole("button", { name: "Xem ngày 14/01/2026" }).click();
  await page.getByRole("heading", { name: "Thửa 14, tờ 5" }).waitFor();
  await page.goto(`${asked.url}/?id=1&date=2009-01-01`);
  await page.getByRole("heading", { name: "Sổ không có dữ liệu của ngày 01/01/2009" }).waitFor();
  await page.getByRole("button", { name: "Xem ngày 01/01/2010" }).waitFor();
  await page.goto(`${asked.url}/?id=9007199254740991`);
  await page.getByRole("heading", { name: "Không có thửa đất mang mã số 9007199254740991" }).waitFor();
  await examine(page, "no such parcel");
  await page.locator("main").getByRole("link", { name: "Tìm thửa đất" }).press("Enter");
  await page.getByRole("heading", { name: "Bạn tìm thửa đất nào?" }).waitFor();
  const bare = await open("/?id=3", { javaScriptEnabled: false });
  assert.match(await bare.locator("main").textContent(), /không còn vào ngày 23\/11\/2026.*không còn từ ngày 15\/01\/2026/);
});

await step("what of a link cannot be read is told in words", async () => {
  const page = await open("/?q=thua&lon=106.7&lat=10.7");
  await page.getByRole("alert").getByText("Liên kết hỏi nhiều điều cùng một lúc").waitFor();
  assert.doesNotMatch(await page.getByRole("alert").textContent(), /lon|lat|accuracy_m/);
  await page.goto(`${asked.url}/?id=${asked.id}&date=2025-13-40`);
  await page.getByRole("heading", { name: "Liên kết này có chỗ không đọc được" }).waitFor();
  await page.getByText("Chỗ chưa đúng: ngày.").waitFor();
  await examine(page, "a link that cannot be read");
  await page.goto(`${asked.url}/?id=${asked.id}&id=2`);
  await heading(page).waitFor();
});

await step("a register that cannot be asked for a while is asked again by itself", async () => {
  const page = await open("/");
  let refused = 0;
  await page.route("**/v1/parcels/**", (route) => {
    refused += 1;
    return route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"code":"store_unavailable"}' });
  });
  await page.getByRole("combobox").fill(asked.q);
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await page.getByText("Câu hỏi được tự gửi lại").waitFor();
  assert.ok(refused >= 3, `${refused} times`);
  await page.unroute("**/v1/parcels/**");
  await heading(page).waitFor();
});

await step("a day in the past is asked for and shown", async () => {
  const page = await open(`/?id=${asked.id}&date=${asked.date}`);
  await heading(page).waitFor();
  await page.locator(".tag.then").waitFor();
});

await step("a day before the register begins is told, also above the map", async () => {
  const told = "Sổ bắt đầu từ ngày 01/01/2010; ngày này chưa có dữ liệu.";
  const bare = await open("/?date=1900-01-01", { javaScriptEnabled: false });
  assert.equal(await bare.locator(".holds").textContent(), told);
  const page = await open("/?date=1900-01-01");
  await page.locator(".map-area .no-map").waitFor();
  assert.equal(await page.locator(".map-area .no-map").textContent(), told);
  assert.equal(await page.locator(".holds").textContent(), told);
  await examine(page, "a day before the register");
  await page.goto(`${asked.url}/?date=2012-01-01`);
  await page.locator(".map-area .no-map").waitFor();
  assert.match(await page.locator(".map-area .no-map").textContent(), /^Sổ có phường, xã từ ngày 01\/07\/2025/);
  await page.goto(`${asked.url}/`);
  await page.locator(".ways").waitFor();
  assert.equal(await page.locator(".map-area .no-map").count(), 0);
  const whose = await page.locator(".attribution").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  assert.ok(whose <= 0, `the attribution is cut by ${whose} px`);
});

await step("by sheet and number, with what is missing named", async () => {
  const page = await open("/");
  await page.getByRole("button", { name: "Tờ và thửa" }).click();
  await page.locator(".form").getByRole("button", { name: "Tìm", exact: true }).click();
  await eventually(async () => assert.ok(await page.getByText("Cần điền ô này.").count() === 3, "three fields are missing"));
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

await step("the parcels beside one are a list of links", async () => {
  const page = await open(`/?id=${asked.id}`);
  const beside = page.getByRole("region", { name: /^Thửa giáp/ }).getByRole("link");
  await eventually(async () => assert.deepEqual(await beside.allTextContents(), ["Thửa 13, tờ 5"]));
  await beside.first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thửa 13, tờ 5" }).waitFor();
});

await step("a browser that cannot draw the map keeps all the rest", async () => {
  const page = await open(`/?id=${asked.id}`, {
    before: () => {
      HTMLCanvasElement.prototype.getContext = () => null;
    },
  });
  await page.getByText("Trình duyệt này không vẽ được bản đồ").waitFor();
  await eventually(async () => assert.ok(await page.locator("#first-map .chosen").count() === 1, "the drawing that came with the page stays"));
  await heading(page).waitFor();
  await examine(page, "without a map");
});

await step("the drawing that came with the page stays until the city's tiles are on the map", async () => {
  const page = await open("/icon.svg");
  let held = 0;
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route("**/tiles/city/**", async (route) => {
    held += 1;
    await released;
    await route.continue();
  });
  await page.goto(`${asked.url}/?id=${asked.id}`);
  await page.locator(".map canvas").waitFor();
  await eventually(async () => assert.ok(held > 0, "the map has asked for tiles"));
  assert.equal(await page.locator("#first-map .chosen").count(), 1);
  assert.equal(await page.locator(".map").getAttribute("aria-busy"), "true");
  assert.equal(await page.locator(".map > div").evaluate((map) => getComputedStyle(map).opacity), "0");
  release();
  await page.locator('.map[aria-busy="false"]').waitFor();
  assert.equal(await page.locator("#first-map").count(), 0);
  assert.equal(await page.locator(".map > div").evaluate((map) => getComputedStyle(map).opacity), "1");
});

await step("the sheet of a phone has three heights, by touch and by keys", async () => {
  const page = await open(`/?id=${asked.id}`);
  await heading(page).waitFor();
  const grip = page.locator("button.grip");
  if (!phone) {
    await eventually(async () => assert.equal(await grip.isVisible(), false, "a desk has a column"));
    return;
  }
  const height = async () => (await page.locator(".sheet").boundingBox()).height;
  const settled = (name) => page.waitForFunction((now) => {
    const sheet = document.querySelector(".sheet");
    return sheet.dataset.height === now && sheet.getAnimations().length === 0;
  }, name);
  await settled("half");
  const half = await height();
  await grip.press("ArrowUp");
  await settled("high");
  const high = await height();
  await grip.press("ArrowDown");
  await grip.press("ArrowDown");
  await settled("low");
  const low = await height();
  assert.ok(low < half && half < high, `${low} < ${half} < ${high}`);
  const box = await grip.boundingBox();
  await page.mouse.move(195, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(195, 200, { steps: 5 });
  await page.mouse.up();
  await settled("high");
  await grip.click();
  await settled("low");
});

await step("the keyboard reaches the result past everything else", async () => {
  const page = await open(`/?id=${asked.id}`);
  await heading(page).waitFor();
  await page.keyboard.press("Tab");
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.className), "skip"));
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), "result"));
});

await step("paper gets the parcel on two sheets, with its map, its link and the day, without the controls", async () => {
  const page = await drawn(await open(`/?id=${asked.id}&date=2026-01-02`));
  await heading(page).waitFor();
  await page.locator('[data-concern="notConcerned"]').waitFor();
  const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
  const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g).length;
  assert.ok(sheets <= 2, `${sheets} sheets`);
  // What was drawn of the map for them is still there.
  const colours = await page.locator("figure.paper-map.panel canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  assert.ok(colours > 5, `the map has ${colours} colours`);
  assert.equal(await page.locator(".paper-head").count(), 0);
  await page.emulateMedia({ media: "print" });
  await eventually(async () => assert.equal(await page.locator(".searching").isVisible(), false));
  await eventually(async () => assert.equal(await page.locator(".map-area").isVisible(), false));
  await eventually(async () => assert.equal(await page.locator(".vertices table").isVisible(), true));
  const head = page.locator(".paper-head");
  assert.match(await head.innerText(), /Thửa 12, tờ 5, Phường Bến Thành.*ngày 02\/01\/2026/);
  assert.ok((await head.innerText()).includes(`${asked.url}/?id=${asked.id}&date=2026-01-02`), await head.innerText());
  assert.equal(await head.evaluate((one) => getComputedStyle(one).display), "table-header-group", "on every sheet");
});

await step("a link to what was known earlier says that the page shows what is known now", async () => {
  const page = await open(`/?id=${asked.id}&known_at=2020-01-01T00:00:00Z`);
  await page.getByText("trang này chỉ cho thấy điều sổ biết bây giờ").waitFor();
  const other = await open(`/?id=${asked.id}`);
  await other.getByRole("heading", { name: /^Thửa/ }).first().waitFor();
  assert.equal(await other.getByText("trang này chỉ cho thấy").count(), 0);
});

await step("a narrow screen and twice as large text leave everything in its place, and errors can be read", async () => {
  const narrow = await open(`/?id=${asked.id}`, { viewport: { width: 320, height: 640 } });
  await narrow.getByRole("button", { name: "Lớp bản đồ" }).click();
  await eventually(async () => {
    const { x, width } = await narrow.locator(".legend").boundingBox();
    assert.ok(x >= 0 && x + width <= 320, `from ${x} on, ${width} wide`);
  });
  await narrow.context().close();
  const large = await open("/", { before: () => addEventListener("DOMContentLoaded", () => { document.documentElement.style.fontSize = "200%"; }) });
  await large.getByRole("button", { name: "Tìm", exact: true }).first().waitFor();
  const [bar, button] = await Promise.all([large.locator(".top").boundingBox(), large.getByRole("button", { name: "Tìm", exact: true }).first().boundingBox()]);
  assert.ok(button.y >= bar.y && button.y + button.height <= bar.y + bar.height, `${JSON.stringify(button)} in ${JSON.stringify(bar)}`);
  assert.equal(await large.locator(".hint").evaluate((own) => getComputedStyle(own).fontSize), "28px");
  await large.context().close();
  for (const colorScheme of ["light", "dark"]) {
    const page = await open("/", { colorScheme });
    await page.getByRole("button", { name: /^Tờ và thửa/ }).click();
    await page.locator(".form button[type=submit]").click();
    await page.getByText("Cần điền ô này.").first().waitFor();
    await examine(page, `errors of a form, ${colorScheme}`);
    const [placeholder, error] = await page.evaluate(() => [
      getComputedStyle(document.querySelector(".form input[aria-invalid=true]"), "::placeholder").color,
      getComputedStyle(document.querySelector(".form .mantine-InputWrapper-error")).color,
    ]);
    assert.notEqual(placeholder, error, "an example is not red");
    await page.context().close();
  }
});

await end();
