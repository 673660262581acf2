// The map keeps up: what changes in the register while the page is open is drawn by itself, and
// only the tiles that differ are asked for again.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { MapRef } from "@vis.gl/react-maplibre";
import type * as maplibre from "maplibre-gl";
import { useEffect } from "react";
import { fetchJson, Problem } from "../api/client";
import type { components } from "../api/openapi";
import { settings } from "../settings";
import { CITY } from "./CityLayers";

type Changes = components["schemas"]["Changes"];

/** How long the server may keep a question open, in seconds. */
const WAIT_S = 20;
/** Pause after a question without an answer. */
const PAUSE_MS = 5000;
/** From so many tiles on everything is asked for again; those that are the same cost a 304. */
const TILES_MAX = 2000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when somebody may see the page. */
const seen = () => new Promise<void>((resolve) => {
  if (!document.hidden) return resolve();
  document.addEventListener("visibilitychange", () => resolve(), { once: true });
});

/** Asks again for the tiles that differ in any of their layers, of those that the map holds. */
function refresh(map: maplibre.Map, tiles: Changes["tiles"]): void {
  if (!map.getSource(CITY)) return;
  const count = tiles.reduce((sum, { columns: [a = 0, b = 0], rows: [c = 0, d = 0] }) => sum + (b - a + 1) * (d - c + 1), 0);
  map.refreshTiles(CITY, count > TILES_MAX ? undefined : eachOnce(tiles.flatMap(idsOf)));
}

/** A tile may differ in several of its layers. */
const eachOnce = (ids: ReturnType<typeof idsOf>) => [...new Map(ids.map((id) => [`${id.z}/${id.x}/${id.y}`, id])).values()];

function idsOf({ zoom, columns: [west = 0, east = 0], rows: [north = 0, south = 0] }: Changes["tiles"][number]) {
  const across = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return across(west, east).flatMap((x) => across(north, south).map((y) => ({ z: zoom, x, y })));
}

/** Asks for everything again, and from where to ask on. */
async function anew(map: maplibre.Map, signal: AbortSignal): Promise<{ since: number; day: string }> {
  const { revision } = (await fetchJson("tiles/city.json", signal)) as { revision: number };
  if (map.getSource(CITY)) map.refreshTiles(CITY);
  return { since: revision, day: "" };
}

async function follow(map: maplibre.Map, answers: QueryClient, signal: AbortSignal): Promise<void> {
  let [since, day] = [settings.revision, settings.today];
  while (!signal.aborted) {
    await seen();
    try {
      const said = (await fetchJson(`v1/changes?since=${since}${day ? `&date=${day}` : ""}&wait=${WAIT_S}`, signal)) as Changes;
      [since, day] = [said.revision, said.date];
      if (said.tiles.length > 0) {
        refresh(map, said.tiles);
        void answers.invalidateQueries();
      }
    } catch (problem) {
      if (signal.aborted) return;
      if (problem instanceof Problem && problem.status === 410) {
        const from = await anew(map, signal).catch(() => undefined);
        if (from) {
          ({ since, day } = from);
          continue;
        }
      }
      await pause(PAUSE_MS);
    }
  }
}

/** Draws by itself what changes while the map is open, and asks the answers beside it again. */
export function useChanges(map: MapRef | null): void {
  const answers = useQueryClient();
  useEffect(() => {
    // A page that no server sent has nothing to keep up with.
    if (!map || settings.today === "") return undefined;
    const closed = new AbortController();
    void follow(map.getMap(), answers, closed.signal);
    return () => closed.abort();
  }, [map, answers]);
}
