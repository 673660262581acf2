// Asks the server, and turns what went wrong into a problem that can be shown.

/** How long to wait before asking again a server that is still opening its register. */
export const AGAIN_MS = 2000;

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId?: string,
    readonly expected?: string,
    /** The parameter that is wrong. */
    readonly parameter?: string,
    /** Of an item that is there on other days: its first day, and the first on which it is no more. */
    readonly valid: { from?: string | undefined; to?: string | undefined } = {},
  ) {
    super(detail || code);
    this.name = "Problem";
  }

  /** Which of the page's sentences tells it. */
  get sentence(): "offline" | "busy" | "tooMany" | "notFound" | "invalid" | "internal" {
    if (this.status === 0) return "offline";
    if (this.status === 503) return "busy";
    if (this.status === 429) return "tooMany";
    if (this.status === 404) return "notFound";
    return this.status < 500 ? "invalid" : "internal";
  }

  /** Whether asking again may help. */
  get passes(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 429 || this.status >= 500;
  }
}

interface WireProblem {
  code?: string;
  detail?: string;
  title?: string;
  requestId?: string;
  expected?: string;
  parameter?: string;
  validFrom?: string;
  validTo?: string;
}

const ACCEPT = "application/geo+json, application/json, application/problem+json";

/** Asks for a path below the page's own address; with a body, about what stands in it. */
export async function fetchJson(path: string, signal: AbortSignal, asked?: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, asked === undefined ? { signal, headers: { Accept: ACCEPT } } : {
      signal, method: "POST", headers: { Accept: ACCEPT, "Content-Type": "application/json" }, body: JSON.stringify(asked),
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new Problem(0, "offline", "");
  }
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const problem = body as WireProblem;
  throw new Problem(
    response.status,
    problem.code ?? "",
    problem.detail ?? problem.title ?? "",
    problem.requestId ?? response.headers.get("x-request-id") ?? undefined,
    problem.expected,
    problem.parameter,
    { from: problem.validFrom, to: problem.validTo },
  );
}
