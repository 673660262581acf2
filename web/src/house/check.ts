// Asking whether a house may stand: one question at a time, and the newest wins.
import { fetchJson, Problem } from "../api/client";
import type { components } from "../api/openapi";
import { metresOf } from "./sight";
import type { Point, Ring } from "./plane";
import type { Fields } from "./written";

type Wire = components["schemas"];
export type Check = Wire["Check"];
export type Verdict = Wire["Verdict"];
export type Ask = Wire["CheckAsk"];
export type Bound = Wire["Bound"];

/** The sizes that a check takes, in the order in which they are asked; what is whole, and its unit. */
export const SIZES = ["storeys", "basements", "floorOneHeightM", "heightAtBuildingLineM", "ridgeHeightM", "floorAreaM2"] as const;
/** Parameters that these sizes tell. */
export const TOLD_BY_SIZES = ["storeys", "basements", "floor_area_m2", "building_height_m"];

export interface CheckBody {
  parcels: number[];
  date?: string;
  crs: string;
  footprint: { type: "MultiPolygon"; coordinates: [number, number][][][] };
  building: Record<string, string>;
  stated: Record<string, string>;
}

export function bodyOf(parcel: string, epsg: number, polygons: readonly (readonly Ring[])[], origin: Point, fields: Fields, date: string | undefined): CheckBody {
  const isSize = (name: string) => (SIZES as readonly string[]).includes(name);
  const some = (sizes: boolean) => Object.fromEntries(Object.entries(fields).filter(([name]) => isSize(name) === sizes));
  const closed = (ring: Ring) => [...ring, ring[0] as Point].map((corner) => metresOf(origin, corner));
  return {
    parcels: [Number(parcel)],
    ...(date ? { date } : {}),
    crs: `http://www.opengis.net/def/crs/EPSG/0/${epsg}`,
    footprint: { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(closed)) },
    building: some(true),
    stated: some(false),
  };
}

export const pathOf = (language: string) => `v1/checks?lang=${language}`;

export async function check(body: CheckBody, language: string, signal: AbortSignal): Promise<Check> {
  return (await fetchJson(pathOf(language), signal, body)) as Check;
}

/** Signed evidence of the same question, as the bytes that were signed. */
export async function evidence(body: CheckBody, language: string): Promise<Blob> {
  const response = await fetch(`${pathOf(language)}&f=evidence`, {
    method: "POST", headers: { Accept: "application/json, application/problem+json", "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Problem(response.status, "", "");
  return response.blob();
}

/** An answer that takes longer is given up when a newer question waits. */
const STALE_MS = 400;
/** Pause after the server had too many questions. */
const PAUSE_MS = 1_000;

export interface Turn<Q> {
  /** Asks in turn; a question that waits gives way to a newer one. */
  ask(question: Q): void;
  /** Gives up what is asked and what waits. */
  end(): void;
}

/** Questions one after the other: at most one is under way, and of those that come meanwhile the
 * newest is asked next. */
export function inTurn<Q, A>(send: (question: Q, signal: AbortSignal) => Promise<A>, told: (question: Q, answer: A | Problem) => void): Turn<Q> {
  let waiting: Q | undefined;
  let asked: { since: number; control: AbortController } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const next = async () => {
    if (asked || waiting === undefined || ended) return;
    const question = waiting;
    waiting = undefined;
    const own = { since: Date.now(), control: new AbortController() };
    asked = own;
    let pause = 0;
    try {
      const answer = await send(question, own.control.signal);
      if (!own.control.signal.aborted) told(question, answer);
    } catch (problem) {
      if (!own.control.signal.aborted) {
        const said = problem instanceof Problem ? problem : new Problem(0, "offline", "");
        told(question, said);
        if (said.passes) {
          pause = PAUSE_MS;
          waiting ??= question;
        }
      }
    }
    asked = undefined;
    if (pause === 0) return void next();
    timer = setTimeout(() => {
      timer = undefined;
      void next();
    }, pause);
  };
  return {
    ask(question) {
      waiting = question;
      ended = false;
      if (asked && Date.now() - asked.since > STALE_MS) asked.control.abort();
      // A server that had too many questions has its pause.
      if (timer === undefined) void next();
    },
    end() {
      ended = true;
      waiting = undefined;
      clearTimeout(timer);
      timer = undefined;
      asked?.control.abort();
    },
  };
}
