// What is asked, how it stands in the address of the page, and how typed text is understood.

export type Question = { date?: string } & (
  | { by: "nothing" }
  | { by: "text"; q: string }
  | { by: "id"; id: string }
  | { by: "position"; lon: number; lat: number; accuracy?: number }
  | { by: "planar"; east: number; north: number; crs: string }
  | { by: "key"; ward: string; sheet: string; number: string }
  /** What the address asks and the page cannot read; the server says what is wrong with it. */
  | { by: "wrong"; raw: string; id?: string; several?: boolean }
);

/** Greatest accuracy circle that the server takes, in metres. */
export const GREATEST_ACCURACY_M = 200;

/** A share of the question that the address and the API write alike. */
export function parameters(question: Question): URLSearchParams {
  const said = new URLSearchParams();
  switch (question.by) {
    case "text":
      said.set("q", question.q);
      break;
    case "id":
      said.set("id", question.id);
      break;
    case "position":
      said.set("lon", String(question.lon));
      said.set("lat", String(question.lat));
      if (question.accuracy !== undefined) said.set("accuracy_m", String(question.accuracy));
      break;
    case "planar":
      said.set("x", String(question.east));
      said.set("y", String(question.north));
      said.set("crs", question.crs);
      break;
    case "key":
      said.set("ward", question.ward);
      said.set("sheet", question.sheet);
      said.set("number", question.number);
      break;
    case "wrong":
      new URLSearchParams(question.raw).forEach((value, name) => said.append(name, value));
      break;
    case "nothing":
      break;
  }
  if (question.date) said.set("date", question.date);
  return said;
}

/** The ways to ask besides a parcel's id, each with its parameters. */
const WAYS = [["lon", "lat", "accuracy_m"], ["x", "y", "crs"], ["ward", "sheet", "number"], ["q"]];
const ASKING = ["id", ...WAYS.flat()];

/** The question that an address asks. */
export function questionOf(search: string): Question {
  const said = new URLSearchParams(search);
  const get = (name: string) => said.get(name)?.trim() ?? "";
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(get("date"));
  const date = isDay ? { date: get("date") } : {};
  const asked = ASKING.filter((name) => get(name) !== "");
  if (asked.length === 0) return { by: "nothing", ...date };
  const twice = [...ASKING, "date"].some((name) => said.getAll(name).length > 1);
  if (twice || (get("date") !== "" && !isDay) || !isDecoded(search)) return wrong(search, get("id"));
  if (get("id")) return { by: "id", id: get("id"), ...date };
  if (WAYS.filter((way) => way.some((name) => asked.includes(name))).length > 1) return { ...wrong(search, ""), several: true };
  const numbers = (names: string[]) => names.every((name) => get(name) !== "" && isNumber(get(name)));
  if (numbers(["lon", "lat"]) && isNumber(get("accuracy_m"))) {
    const accuracy = get("accuracy_m") ? { accuracy: Number(get("accuracy_m")) } : {};
    return { by: "position", lon: Number(get("lon")), lat: Number(get("lat")), ...accuracy, ...date };
  }
  if (numbers(["x", "y"]) && get("crs")) {
    return { by: "planar", east: Number(get("x")), north: Number(get("y")), crs: get("crs"), ...date };
  }
  if (get("ward") && get("sheet") && get("number")) {
    return { by: "key", ward: get("ward"), sheet: get("sheet"), number: get("number"), ...date };
  }
  if (get("q")) return { by: "text", q: get("q"), ...date };
  return wrong(search, "");
}

/** What is left to the server to refuse, as it stands in the address. */
function wrong(search: string, id: string): Question & { by: "wrong" } {
  const mine = id ? ["date"] : [...ASKING, "date"];
  const parts = search.replace(/^\?/, "").split("&");
  const raw = parts.filter((part) => mine.includes(part.split("=")[0] ?? "") && (part.split("=")[1] ?? "") !== "");
  return { by: "wrong", raw: raw.join("&"), ...(id ? { id } : {}) };
}

/** Whether every percent sign of an address stands for a byte of a text. */
function isDecoded(search: string): boolean {
  try {
    return decodeURIComponent(search) !== undefined;
  } catch {
    return false;
  }
}

function isNumber(text: string): boolean {
  return Number.isFinite(Number(text));
}

/** A number as typed: decimal point or comma, spaces around it. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replace(/^(-?\d+),(\d+)$/, "$1.$2");
  return plain !== "" && isNumber(plain) ? Number(plain) : undefined;
}

/** Typed text as a question: a pair of coordinates when it is one, else text. */
export function understand(text: string): Question {
  const typed = text.trim();
  if (typed === "") return { by: "nothing" };
  const pair = degreesMinutesSeconds(typed) ?? pairOfNumbers(typed);
  return (pair && placeOf(pair)) ?? { by: "text", q: typed };
}

function placeOf([a, b]: [number, number]): Question | undefined {
  const isLon = (n: number) => n > 102 && n < 110;
  const isLat = (n: number) => n > 8 && n < 24;
  if (isLon(a) && isLat(b)) return { by: "position", lon: a, lat: b };
  if (isLat(a) && isLon(b)) return { by: "position", lon: b, lat: a };
  // VN-2000 in metres: eastings here are below 800 km, northings above.
  const isEast = (n: number) => n > 200_000 && n < 800_000;
  const isNorth = (n: number) => n > 800_000 && n < 2_600_000;
  if (isEast(a) && isNorth(b)) return { by: "planar", east: a, north: b, crs: "EPSG:9210" };
  if (isNorth(a) && isEast(b)) return { by: "planar", east: b, north: a, crs: "EPSG:9210" };
  return undefined;
}

function pairOfNumbers(text: string): [number, number] | undefined {
  const inMapLink = /@(-?\d+\.\d+),(-?\d+\.\d+)/.exec(text);
  if (inMapLink) return [Number(inMapLink[1]), Number(inMapLink[2])];
  const point = /^\(?(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\)?$/.exec(text);
  if (point) return [Number(point[1]), Number(point[2])];
  const comma = /^(-?\d+,\d+)\s*[;\s]\s*(-?\d+,\d+)$/.exec(text);
  if (comma) return [Number(comma[1]?.replace(",", ".")), Number(comma[2]?.replace(",", "."))];
  return undefined;
}

function degreesMinutesSeconds(text: string): [number, number] | undefined {
  const one = /(\d+)\s*°\s*(\d+)\s*['′]\s*(?:(\d+(?:[.,]\d+)?)\s*(?:"|″|''))?/g;
  const found = [...text.matchAll(one)].map(
    (m) => Number(m[1]) + Number(m[2]) / 60 + Number((m[3] ?? "0").replace(",", ".")) / 3600,
  );
  return found.length === 2 ? [round(found[0] ?? 0), round(found[1] ?? 0)] : undefined;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}
