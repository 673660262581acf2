// The page of a server that is still opening its register: it says so, and shows the parcel by
// itself once the register is there. Prints "waiting" when it wants the register to come.
import assert from "node:assert/strict";
import { join } from "node:path";
import { asked, end, examine, open, step } from "./browser.mjs";

await step("the page says that the register is being opened, and then shows the parcel", async () => {
  const page = await open(`/?id=${asked.id}`);
  await page.getByRole("heading", { name: "Sổ đang được mở" }).waitFor();
  await page.getByRole("button", { name: "Thử lại" }).click();
  await examine(page, "opening");
  await page.screenshot({ path: join(asked.folder, "opening.png") });
  // Longer than the page tries a question of its own: it goes on asking.
  await page.waitForTimeout(4500);
  assert.equal(await page.getByRole("heading", { name: "Sổ đang được mở" }).count(), 1);
  console.log("waiting");
  await page.getByRole("heading", { name: "Thửa 12, tờ 5" }).waitFor();
  await page.locator("article.parcel .outline").first().waitFor();
  await examine(page, "opened");
  await page.screenshot({ path: join(asked.folder, "opened.png") });
});
await end();
