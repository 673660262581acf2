// Takes the pictures of the page: a parcel on a desk and on a phone.
// Usage: node look.mjs http://127.0.0.1:8080 docs
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [url, folder] = process.argv.slice(2);
const question = process.env.QUESTION ?? "/?q=thua+12+to+5+ben+thanh";

const browser = await launch();
for (const [name, width, height, scale] of [["page", 1440, 1060, 1], ["phone", 390, 844, 2]]) {
  const page = await browser.newPage({
    viewport: { width, height }, deviceScaleFactor: scale, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh",
  });
  await page.goto(url + question);
  await page.locator("article.parcel, .candidate").first().waitFor();
  if (await page.locator("article.parcel").count() === 0) await page.locator(".candidate").first().click();
  await page.locator("article.parcel .outline").waitFor();
  // The page keeps one question open, so the network is never idle: the map says when it is drawn.
  await page.locator('.map[aria-busy="false"]').waitFor({ timeout: 90_000 });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
await browser.close();
