// The page is built into web/dist, which the server carries; in development its requests go to
// a running server, or to nothing when VITE_SAMPLES=1 answers from samples.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.DIACHINH ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: { outDir: "dist", emptyOutDir: false, sourcemap: false, target: "es2022" },
  server: { proxy: { "/v1": server, "/api": server } },
});
