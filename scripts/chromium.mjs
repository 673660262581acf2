// Debian's Chromium, driven by Playwright and drawn by the processor where there is no graphics
// card: for pictures, tests and measurements.
import { createRequire } from "node:module";

export const require = createRequire(new URL("../web/package.json", import.meta.url));

/** Starts it; `more` are options beside those that it always gets. */
export const launch = (...more) => require("playwright-core").chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", ...more],
});
