// What people call the planes in which parcels are measured, and what day it is.
import { settings } from "./settings";

const NAMES: Record<number, string> = {
  9210: "VN-2000 / TM-3 105°45'",
  5899: "VN-2000 / TM-3 107°45'",
  2154: "RGF93 / Lambert-93",
};

export function planeName(epsg: number): string {
  return NAMES[epsg] ?? `EPSG:${epsg}`;
}

/** Today in Vietnam, which is what the register takes when no day is asked for; by the server's clock
 * where it is known. */
export function today(): string {
  return settings.today || new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** The day before another. */
export function dayBefore(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
