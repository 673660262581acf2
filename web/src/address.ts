// What is asked, where the map looks and what it shows stand in the page's address, so that
// everything can be shared and gone back to.
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { parameters, questionOf, type Question } from "./question";

/** Where the map looks. */
export interface Look {
  lon: number;
  lat: number;
  zoom: number;
}

/** Parameters that stay when something else is asked. */
const KEPT = ["lang", "show"];

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

/** Replaces parameters of the address without a new entry in the browser's history. */
function replace(change: (said: URLSearchParams) => void): void {
  const said = new URLSearchParams(location.search);
  change(said);
  history.replaceState(history.state, "", written(said));
}

function written(said: URLSearchParams): string {
  // Commas need no escape in a query, and addresses are read by people.
  const text = said.toString().replaceAll("%2C", ",");
  return text === "" ? "./" : `./?${text}`;
}

/** Where the page lies, with a slash at its end: the root of a site, or a folder of it. */
export const HERE = new URL(".", document.baseURI).href;

/** The address of a question, from the page's own. What is drawn stays with its parcel. */
export function addressOf(question: Question): string {
  const said = parameters(question);
  const now = new URLSearchParams(location.search);
  const house = question.by === "id" && houseOf(location.search, question.id) ? ["house"] : [];
  for (const name of [...KEPT, ...house]) {
    const value = now.get(name);
    if (value) said.set(name, value);
  }
  return written(said);
}

/** The house that the address draws on a parcel, as it stands there; empty where none is drawn yet. */
export function houseOf(search: string, parcel: string | undefined): string | undefined {
  const text = new URLSearchParams(search).get("house") ?? undefined;
  return text !== undefined && text.split("*")[0] === parcel ? text : undefined;
}

export function useHouseText(parcel: string | undefined): string | undefined {
  return useSyncExternalStore(subscribe, () => houseOf(location.search, parcel));
}

/** Notes what is drawn in the address. */
export function noteHouse(text: string | undefined): void {
  replace((said) => (text === undefined ? said.delete("house") : said.set("house", text)));
  tell();
}

/** Asks a question: a new entry in the browser's history. */
export function ask(question: Question): void {
  go(addressOf(question));
}

function go(address: string): void {
  if (new URL(address, HERE).href !== location.href.split("#")[0]) history.pushState(null, "", address);
  tell();
}

export function useQuestion(): Question {
  const search = useSyncExternalStore(subscribe, () => location.search);
  return questionOf(search);
}

/** What a link to a question needs: opens in place, unless another tab was wanted. */
export function useLink(question: Question): { href: string; onClick: (event: React.MouseEvent) => void } {
  const href = addressOf(question);
  const onClick = useCallback(
    (event: React.MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      go(href);
    },
    [href],
  );
  return { href, onClick };
}

/** Where the address says that the map looks: `at=latitude,longitude,zoom`. */
export function lookOf(search: string): Look | undefined {
  const [lat, lon, zoom] = (new URLSearchParams(search).get("at") ?? "").split(",").map(Number);
  const known = lat !== undefined && lon !== undefined && zoom !== undefined
    && Math.abs(lat) <= 85 && Math.abs(lon) <= 180 && zoom >= 0 && zoom <= 24;
  return known ? { lat, lon, zoom } : undefined;
}

/** Notes in the address where the map looks now. */
export function noteLook(look: Look): void {
  replace((said) => said.set("at", `${look.lat.toFixed(5)},${look.lon.toFixed(5)},${look.zoom.toFixed(2)}`));
}

/** Names of the groups of layers that are shown; `usual` where the address does not say. */
export function useShown(usual: readonly string[]): ReadonlySet<string> {
  const text = useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get("show"));
  return useMemo(() => new Set(text === null ? usual : text.split(",").filter(Boolean)), [text, usual]);
}

/** Notes in the address which groups are shown. */
export function noteShown(names: Iterable<string>, usual: readonly string[]): void {
  const shown = [...names];
  const same = shown.length === usual.length && usual.every((name) => shown.includes(name));
  replace((said) => (same ? said.delete("show") : said.set("show", shown.join(","))));
  tell();
}

/** Notes the language in the address where it is not the one that the server takes by itself. */
export function noteLanguage(language: string, usual: string): void {
  replace((said) => (language === usual ? said.delete("lang") : said.set("lang", language)));
}
