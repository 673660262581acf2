// What is being drawn on a parcel: one state that panel and map share, with what can be undone.
import { useSyncExternalStore } from "react";
import { noteHouse } from "../address";
import type { Problem } from "../api/client";
import type { Parcel } from "../api/answer";
import type { Ask, Check, CheckBody } from "./check";
import { closedRing } from "./moving";
import type { Frame, Lot } from "./frame";
import type { Point, Ring } from "./plane";
import { originOf } from "./sight";
import { read, write, type Fields } from "./written";

/** What can be undone. */
interface Step {
  ring: Ring | undefined;
  fields: Fields;
}

export type Chosen = { kind: "wall" | "corner"; at: number };

export interface Drawn extends Step {
  parcel: Parcel;
  origin: Point;
  /** The lot, once the server has told it. */
  lot: Lot | undefined;
  frame: Frame | undefined;
  past: readonly Step[];
  future: readonly Step[];
  /** Corners tapped so far, while an outline is being tapped. */
  taps: readonly Point[] | undefined;
  chosen: Chosen | undefined;
  /** Whether it is shown in space, and by how many degrees it has been turned there. */
  solid: boolean;
  turned: number;
  /** Quantity whose place on the ground is shown, besides what fails. */
  shown: string | undefined;
  answer: Check | undefined;
  problem: Problem | undefined;
  asks: readonly Ask[];
  /** What is asked now, and what the answer is about: another answer is one of before. */
  asked: CheckBody | undefined;
  answered: CheckBody | undefined;
  /** Fields in which something wrong stands: as long as there are any, the house is not complete. */
  faults: readonly string[];
  /** Whether nothing has been drawn yet, not even by the address. */
  fresh: boolean;
  /** Whether the address draws something here that cannot be read. */
  unread: boolean;
}

/** A house that nobody has told anything of. */
const FIRST: Fields = { building_kind: "row_house", work: "new", applicant: "household", storeys: "3", basements: "0" };
/** Steps that are kept. */
const STEPS = 200;

let state: Drawn | undefined;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useDrawn = (): Drawn | undefined => useSyncExternalStore(subscribe, () => state);
export const drawn = (): Drawn | undefined => state;

function set(change: Partial<Drawn>): void {
  if (!state) return;
  state = { ...state, ...change };
  listeners.forEach((listener) => listener());
}

let noting: ReturnType<typeof setTimeout> | undefined;

/** Notes the house in the address, once it rests. */
function note(): void {
  clearTimeout(noting);
  noting = setTimeout(() => {
    if (state) noteHouse(write(state.parcel.id, state.parcel.epsg, state.ring, state.fields));
  }, 250);
}

/** Begins on a parcel with what its address says. */
export function begin(parcel: Parcel, text: string): void {
  const told = read(text, parcel.id, parcel.epsg);
  const known = text.includes("*") ? told : undefined;
  state = {
    parcel, origin: originOf(parcel), ring: known?.ring, fields: known?.fields ?? FIRST, lot: undefined, frame: undefined,
    past: [], future: [], taps: undefined, chosen: undefined, solid: false, turned: 0, shown: undefined, answer: undefined, problem: undefined, asks: [], asked: undefined, answered: undefined, faults: [],
    fresh: known === undefined, unread: text.includes("*") && (told === undefined || told.cut),
  };
  listeners.forEach((listener) => listener());
}

export function end(): void {
  clearTimeout(noting);
  state = undefined;
  listeners.forEach((listener) => listener());
}

/** What the server has derived of the lot. */
export function knowLot(lot: Lot, frame: Frame | undefined): void {
  set({ lot, frame });
}

/** What can be stated, as long as no answer to a shape has said it. */
export function knowAsks(asks: readonly Ask[]): void {
  if (state && state.asks.length === 0) set({ asks });
}

/** The first shape, which the page puts there by itself: nothing to undo. */
export function put(ring: Ring | undefined): void {
  set({ ring, fresh: false });
  note();
}

export const asking = (asked: CheckBody): void => set({ asked });

export function tell(answer: Check | undefined, problem: Problem | undefined, answered?: CheckBody): void {
  set({ problem, ...(answer ? { answer, answered, asks: answer.asks } : {}) });
}

/** Takes that what is typed in a field is wrong, and with it away what was said of the house before. */
export function noteFault(field: string, isWrong: boolean): void {
  if (!state || state.faults.includes(field) === isWrong) return;
  const faults = state.faults.filter((one) => one !== field);
  if (!isWrong) return set({ faults });
  set({ faults: [...faults, field], answer: undefined, answered: undefined, asked: undefined, problem: undefined, shown: undefined });
}

/** The same parcel as it was answered anew, as in another language. */
export function renew(parcel: Parcel): void {
  if (state?.parcel.id === parcel.id) set({ parcel });
}

/** Changes that follow each other within this are undone together. */
const TOGETHER_MS = 1_500;
let last = { what: "", at: 0 };

/** A step that can be undone; steps of one name that follow each other quickly are one. */
export function step(change: Partial<Step>, what: string): void {
  if (!state) return;
  const now = Date.now();
  const together = what !== "" && what === last.what && now - last.at < TOGETHER_MS && state.past.length > 0;
  last = { what, at: now };
  const { ring, fields, past } = state;
  set({ ...change, past: together ? past : [...past.slice(-STEPS), { ring, fields }], future: [] });
  if ("ring" in change && change.ring === undefined) set({ chosen: undefined, answer: undefined });
  note();
}

/** The shape while it is pulled; `let go` makes a step of it. */
export function pull(ring: Ring): void {
  set({ ring });
}

/** Ends a pull that began with another shape. */
export function letGo(before: Ring | undefined): void {
  if (!state) return;
  const pulled = state.ring;
  if (pulled === before) return;
  set({ ring: before });
  step({ ring: pulled }, "");
}

export function undo(): void {
  if (!state) return;
  const before = state.past[state.past.length - 1];
  if (state.taps && state.taps.length > 0) return set({ taps: state.taps.slice(0, -1) });
  if (!before) return;
  last = { what: "", at: 0 };
  set({ ...before, past: state.past.slice(0, -1), future: [{ ring: state.ring, fields: state.fields }, ...state.future], chosen: undefined });
  note();
}

export function redo(): void {
  const next = state?.future[0];
  if (!state || !next) return;
  set({ ...next, future: state.future.slice(1), past: [...state.past, { ring: state.ring, fields: state.fields }], chosen: undefined });
  note();
}

export const choose = (chosen: Chosen | undefined): void => set({ chosen });
export const show = (shown: string | undefined): void => set({ shown });

/** Shows it in space, or flat again. */
export const space = (solid: boolean): void => set({ solid, turned: 0, chosen: undefined });

/** Turns what is shown in space by so many degrees. */
export function turning(degrees: number): void {
  if (state) set({ turned: state.turned + degrees });
}

/** Begins an outline by taps, or gives it up. */
export const tapping = (on: boolean): void => set({ taps: on ? [] : undefined, chosen: undefined });

/** A corner more; `close` makes the outline of them. */
export function tap(corner: Point): void {
  if (!state?.taps) return;
  set({ taps: [...state.taps, corner] });
}

export function close(): void {
  const ring = state?.taps && closedRing(state.taps);
  if (!ring) return;
  set({ taps: undefined });
  step({ ring }, "");
}
