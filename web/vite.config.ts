// The page is built into web/dist, which the server carries; in development its requests go to
// a running server, which also fills in what comes with the page.
import react from "@vitejs/plugin-react";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { firstPaint } from "./first_paint";

const server = process.env.DIACHINH ?? "http://127.0.0.1:8080";

/** Files that become much smaller also stand beside themselves in Brotli, made once and not for
 * every client. */
const small: Plugin = {
  name: "small",
  apply: "build",
  closeBundle() {
    const folder = "dist/assets";
    for (const name of readdirSync(folder).filter((one) => /\.(m?js|css)$/.test(one))) {
      const bytes = readFileSync(join(folder, name));
      const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
      writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, options));
    }
  },
};

/** In development: settings and answer as the server would have put them into the page. */
const filled: Plugin = {
  name: "filled",
  apply: "serve",
  async transformIndexHtml(html, { originalUrl }) {
    const page = await fetch(server + (originalUrl ?? "/"), { headers: { Accept: "text/html" } }).then((r) => r.text());
    const scripts = page.match(/<script type="application\/json"[^]*?<\/script>/g) ?? [];
    return html.replace("<!--first-head-->", scripts.join(""));
  },
};

export default defineConfig({
  // Below whatever path a proxy serves the page.
  base: "./",
  plugins: [react(), firstPaint, small, filled],
  build: { outDir: "dist", emptyOutDir: false, sourcemap: false, target: "es2022", chunkSizeWarningLimit: 1200 },
  server: { proxy: { "/v1": server, "/api": server, "/tiles": server, "/collections": server } },
});
