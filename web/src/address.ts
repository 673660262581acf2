// The question stands in the page's address, so that every answer can be shared and gone back to.
import { useCallback, useSyncExternalStore } from "react";
import { parameters, questionOf, type Question } from "./question";

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

/** The address of a question, from the root of the site. */
export function addressOf(question: Question): string {
  const said = parameters(question).toString();
  return said === "" ? "/" : `/?${said}`;
}

/** Asks a question: a new entry in the browser's history. */
export function ask(question: Question): void {
  const address = addressOf(question);
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  listeners.forEach((listener) => listener());
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
      history.pushState(null, "", href);
      listeners.forEach((listener) => listener());
    },
    [href],
  );
  return { href, onClick };
}
