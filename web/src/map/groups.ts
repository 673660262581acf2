// What can be shown on the map, group by group, and what is shown at first.
import { settings } from "../settings";

/** A group of layers that is shown or hidden as a whole, with the layers of tiles it is drawn from. */
export interface Group {
  name: "parcels" | "wards";
  from: string[];
}

const GROUPS: Group[] = [
  { name: "parcels", from: ["parcels", "blocks"] },
  { name: "wards", from: ["wards"] },
];

const offered = (group: Group) => group.from.some((name) => settings.layers.some((layer) => layer.name === name));

/** The groups of which the server has tiles. */
export const groups: Group[] = GROUPS.filter(offered);

export const shownAtFirst: string[] = groups.map((group) => group.name);
