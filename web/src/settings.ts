// What the server knew when it sent the page: the city, what the map can show, the first answer.
import { questionOf, type Question } from "./question";

/** West, south, east and north in degrees of WGS 84. */
export type Bounds = [number, number, number, number];

/** A layer of which the server has tiles, with the first and last zoom of them. */
export interface TileLayer {
  name: string;
  first: number;
  last: number;
}

/** A base map that the city has configured beneath its own data. */
export interface BaseMap {
  kind: "raster" | "vector";
  /** Tiles with `{z}`, `{x}` and `{y}`, or the address of a style. */
  url: string;
  attribution: string;
}

export interface Settings {
  /** Language of what came with the page. */
  language: string;
  /** Today in Vietnam when the page was sent; empty for a page that no server sent. */
  today: string;
  revision: number;
  /** The day of the first answer. */
  date: string;
  synthetic: boolean;
  /** What the map shows first: the parcels found, or the city. */
  bounds: Bounds;
  layers: TileLayer[];
  parcels: number;
  /** Wards of the day, and how many of them hold parcels. */
  wards: number;
  wardsWithParcels: number;
  /** First days of which the register knows wards, and parcels. */
  wardsFrom?: string;
  parcelsFrom?: string;
  base?: BaseMap;
}

/** What holds while the register is being loaded: the server then says nothing of the city. */
const UNTOLD: Settings = {
  language: "vi", today: "", revision: 0, date: "", synthetic: false, bounds: [106.35, 10.35, 107.6, 11.5], layers: [], parcels: 0, wards: 0, wardsWithParcels: 0,
};

function read<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : undefined;
}

export const settings: Settings = { ...UNTOLD, ...read<Partial<Settings>>("settings") };

/** Whether the server sent the page before it had opened its register. */
export const opening = settings.today !== "" && settings.revision === 0 && settings.layers.length > 0;

/** The sentence that says what the register lacks on a day because it begins later, and when it
 * begins; the server says the same of the day it sent the page for. */
export function lackOn(day: string | undefined): { sentence: "begins" | "wardsBegin"; from: string } | undefined {
  const { wardsFrom, parcelsFrom = wardsFrom, today } = settings;
  const asked = day ?? today;
  if (!wardsFrom || !parcelsFrom || asked === "" || asked >= wardsFrom) return undefined;
  if (asked >= parcelsFrom) return { sentence: "wardsBegin", from: wardsFrom };
  return { sentence: "begins", from: wardsFrom < parcelsFrom ? wardsFrom : parcelsFrom };
}

/** The answer that came with the page, to the question of its address. */
export const first: { question: Question; language: string; body: unknown } | undefined = (() => {
  const body = read<unknown>("answer");
  return body === undefined ? undefined
    : { question: questionOf(location.search), language: settings.language, body };
})();
