// What the map draws and how: each class of zones and restrictions by its words or kinds, with a
// colour for light and dark ground and a pattern, so that colour alone never tells two apart.
import type { PatternName } from "./patterns";

export interface Mark {
  name: string;
  light: string;
  dark: string;
  pattern?: PatternName;
}

export interface ZoneClass extends Mark {
  /** Words of a planned function, in lower case; the first class that has one of them it is. */
  words: string[];
}

/** Classes of planned functions, as plans here name them; what has none of the words is `other`. */
export const ZONES: ZoneClass[] = [
  { name: "green", light: "#3f9142", dark: "#6fc47a", pattern: "ticks", words: ["cây xanh", "công viên"] },
  { name: "religion", light: "#7a4fb5", dark: "#b79aea", pattern: "upright", words: ["tôn giáo", "tín ngưỡng"] },
  { name: "mixed", light: "#c2571a", dark: "#f0a06a", pattern: "falling", words: ["hỗn hợp"] },
  { name: "commerce", light: "#c0392b", dark: "#f08a80", pattern: "grid", words: ["thương mại", "dịch vụ"] },
  { name: "industry", light: "#6d5f58", dark: "#b8a9a0", pattern: "crossed", words: ["công nghiệp", "kho", "sản xuất"] },
  { name: "public", light: "#1f66ad", dark: "#7db5ee", pattern: "rising", words: ["công trình công cộng", "giáo dục", "y tế", "văn hóa", "trường"] },
  { name: "residential", light: "#d99a1c", dark: "#e8c06a", pattern: "dots", words: ["nhà ở", "đất ở"] },
  { name: "transport", light: "#77838a", dark: "#9aa7ae", pattern: "level", words: ["giao thông", "bến xe", "bãi xe"] },
  { name: "agriculture", light: "#8a9a2c", dark: "#c3d070", pattern: "dashes", words: ["nông nghiệp", "trồng"] },
];

export const OTHER_ZONE: Mark = { name: "other", light: "#8b979d", dark: "#8b979d" };

/** Wards of which the register holds no parcel. */
export const WITHOUT_DATA: Mark = { name: "withoutData", light: "#b9c4ca", dark: "#34434d", pattern: "rising" };

export interface RestrictionClass extends Mark {
  /** Beginnings of kinds of restrictions. */
  kinds: string[];
}

export const WATER: Mark = { name: "water", light: "#b9d9ec", dark: "#1d4257" };

export const RESTRICTIONS: RestrictionClass[] = [
  { name: "canal", light: "#1d6fa5", dark: "#74bfe8", pattern: "rising", kinds: ["corridor_canal"] },
  { name: "power", light: "#b35c00", dark: "#f2b35c", pattern: "falling", kinds: ["corridor_power"] },
  { name: "rail", light: "#5b5f66", dark: "#b0b6bd", pattern: "level", kinds: ["corridor_rail"] },
  { name: "heritage", light: "#8a2f8f", dark: "#dc95e0", pattern: "grid", kinds: ["heritage"] },
];

export const OTHER_RESTRICTION: Mark = { name: "other", light: "#a3195b", dark: "#f08ab8", pattern: "crossed" };
