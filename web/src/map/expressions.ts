// Expressions of the style that are made from the legend.
import type { ExpressionSpecification } from "maplibre-gl";
import { OTHER_RESTRICTION, OTHER_ZONE, RESTRICTIONS, ZONES, type Mark } from "./legend";
import { patternId } from "./patterns";

type Of<T> = (mark: Mark) => T;

const words: ExpressionSpecification = ["downcase", ["to-string", ["get", "function"]]];
const kind: ExpressionSpecification = ["to-string", ["get", "kind"]];

/** A value by the class of a zone. */
export function byZone(of: Of<string>): ExpressionSpecification {
  const cases = ZONES.flatMap((zone) => [["any", ...zone.words.map((word) => ["in", word, words])], of(zone)]);
  return ["case", ...cases, of(OTHER_ZONE)] as unknown as ExpressionSpecification;
}

/** A value by the class of a restriction that is not water. */
export function byRestriction(of: Of<string>): ExpressionSpecification {
  const cases = RESTRICTIONS.flatMap((one) => [["any", ...one.kinds.map((beginning) => ["==", ["index-of", beginning, kind], 0])], of(one)]);
  return ["case", ...cases, of(OTHER_RESTRICTION)] as unknown as ExpressionSpecification;
}

export const colourOf = (dark: boolean): Of<string> => (mark) => (dark ? mark.dark : mark.light);

/** The name of the pattern of a mark in its colour. */
export const patternOf = (dark: boolean): Of<string> => (mark) => patternId(mark.pattern ?? "none", dark ? mark.dark : mark.light);

export const isWater: ExpressionSpecification = ["==", kind, "water_surface"];
