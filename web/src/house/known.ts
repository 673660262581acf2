// Where what is known of lot and house comes from, and in which unit and words it is told.
import type { Check } from "./check";

export type Fact = Check["facts"][number];

/** Measured on what is drawn, where the server derives them. */
const DRAWN = ["building_frontage_m", "depth_from_building_line_m"];
/** What is taken to be so as long as nobody states it otherwise: no plan of a unit, no divided lot,
 * one parcel's commune, no ramp where there is no basement. */
const ASSUMED: Readonly<Record<string, string>> = { plan_unit_use: "none", divides_lot: "false", several_communes: "false", ramp_setback_m: "none" };
/** Units by how names of parameters end. */
const UNITS = [
  ["_m2", "m2"], ["_m", "m"], ["_percent", "%"], ["_kv", "kV"], ["_ratio_max", "times"],
  ["storeys_max", "storeys"], ["storeys", "storeys"], ["basements", "storeys"], ["_floors", "storeys"],
] as const;

export type Source = "register" | "drawing" | "assumed" | "stated";

export function sourceOf({ origin, parameter, value }: Fact): Source {
  if (origin === "stated") return "stated";
  if (DRAWN.includes(parameter)) return "drawing";
  return value != null && ASSUMED[parameter] === value ? "assumed" : "register";
}

export const unitOf = (parameter: string) => UNITS.find(([end]) => parameter.endsWith(end))?.[1];

/** The words in which the server offers a value to be stated, where it offers it. */
export const wordOf = ({ asks }: Check, { parameter, value }: Fact): string | undefined =>
  asks.find((ask) => ask.parameter === parameter)?.choices.find((choice) => choice.value === value)?.text;
