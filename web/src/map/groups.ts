// What can be shown on the map, group by group, and what is shown at first.
import { settings } from "../settings";

/** A group of layers that is shown or hidden as a whole, with the layers of tiles it is drawn from. */
export interface Group {
  name: "parcels" | "zones" | "roads" | "restrictions" | "wards" | "base";
  from: string[];
}

const GROUPS: Group[] = [
  { name: "parcels", from: ["parcels", "blocks"] },
  { name: "zones", from: ["zones"] },
  { name: "roads", from: ["roads"] },
  { name: "restrictions", from: ["restrictions"] },
  { name: "wards", from: ["wards"] },
  { name: "base", from: [] },
];

const offered = (group: Group) => (group.name === "base" && settings.base !== undefined)
  || group.from.some((name) => settings.layers.some((layer) => layer.name === name));

/** The groups that can be shown: those of which the server has tiles, and a base map if there is one. */
export const groups: Group[] = GROUPS.filter(offered);

export const shownAtFirst: string[] = groups.map((group) => group.name);
