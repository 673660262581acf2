// Whether the page is being put on paper just now.
import { useSyncExternalStore } from "react";

let printing = false;
const listeners = new Set<() => void>();
const note = (now: boolean) => () => {
  if (printing === now) return;
  printing = now;
  listeners.forEach((listener) => listener());
};
addEventListener("beforeprint", note(true));
addEventListener("afterprint", note(false));
matchMedia("print").addEventListener("change", ({ matches }) => note(matches)());

/** Tells a listener when printing begins and ends; returns how to stop that. */
export function onPrinting(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const isPrinting = () => printing;

export const usePrinting = () => useSyncExternalStore(onPrinting, isPrinting);
