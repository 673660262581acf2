// The city from the server's tiles: lots with their numbers, blocks, wards.
import { Layer, Source } from "@vis.gl/react-maplibre";
import type { LayerProps } from "@vis.gl/react-maplibre";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import { settings } from "../settings";
import type { Colours } from "./colours";

/** The typeface that the page has loaded, in the two weights of the map. */
export const PLAIN = ["Inter Variable"];
export const STRONG = ["Inter Semibold"];

/** Layers of lots that answer to a click. */
export const LOTS = "lots";

interface Shown {
  date: string | undefined;
  colours: Colours;
  visible: boolean;
}

/** An address on this server in full; a base map may be elsewhere. */
const absolute = (address: string) => (address.startsWith("/") ? location.origin + address : address);

function addressOfTiles(name: string, date: string | undefined): string {
  return `${location.origin}/tiles/${name}/{z}/{x}/{y}${date ? `?date=${date}` : ""}`;
}

/** One layer of the server's tiles, drawn by its children; nothing where the server has none. */
function Tiles({ name, date, children }: { name: string; date: string | undefined; children: React.ReactNode }) {
  const layer = settings.layers.find((known) => known.name === name);
  if (!layer) return null;
  return (
    <Source id={name} type="vector" tiles={[addressOfTiles(name, date)]} minzoom={layer.first} maxzoom={layer.last}>
      {children}
    </Source>
  );
}

/** What a layer of tiles and its drawing have in common. */
function from(name: string, visible: boolean): { "source-layer": string; layout: { visibility: "visible" | "none" } } {
  return { "source-layer": name, layout: { visibility: visible ? "visible" : "none" } };
}

/** The pictures of a base map. */
export function BasePictures({ visible }: { visible: boolean }) {
  if (settings.base?.kind !== "raster") return null;
  return (
    <Source id="base" type="raster" tiles={[absolute(settings.base.url)]} tileSize={256}>
      <Layer id="base-pictures" type="raster" layout={{ visibility: visible ? "visible" : "none" }} />
    </Source>
  );
}

/** Lots; those that were found carry their numbers themselves, and above a base map all let it
 * shine through. */
export function Lots({ date, colours, visible, found, based }: Shown & { found: readonly Parcel[]; based: boolean }) {
  const { t } = useTranslation();
  const { layout } = from("parcels", visible);
  const sheet = ["concat", `\n${t("map.sheet")} `, ["get", "sheet"]];
  const hover = ["boolean", ["feature-state", "hover"], false];
  const known = found.map((parcel) => Number(parcel.id));
  const number: LayerProps = {
    id: "lot-numbers", type: "symbol", "source-layer": "parcels", minzoom: 17,
    filter: ["!", ["in", ["id"], ["literal", known]]],
    layout: {
      ...layout,
      "text-field": ["step", ["zoom"], ["get", "number"], 19,
        ["format", ["get", "number"], {}, sheet, { "font-scale": 0.78 }]] as never,
      "text-font": PLAIN, "text-size": ["interpolate", ["linear"], ["zoom"], 17, 10.5, 19, 13] as never,
      // Aside when the length of an edge of the parcel found stands in the middle.
      "text-variable-anchor-offset": ["center", [0, 0], "top", [0, 1.6], "bottom", [0, -1.6]],
      "text-padding": 0, "text-max-width": 12,
    },
    paint: { "text-color": colours.lotText, "text-halo-color": colours.lot, "text-halo-width": 1.2 },
  };
  return (
    <Tiles name="parcels" date={date}>
      <Layer id={LOTS} type="fill" source-layer="parcels" layout={layout}
        paint={{ "fill-color": ["case", hover, colours.chosen, colours.lot] as never, "fill-opacity": ["case", hover, 0.18, based ? 0.45 : 1] as never }} />
      <Layer id="lot-lines" type="line" source-layer="parcels" layout={{ ...layout, "line-join": "round" }}
        paint={{ "line-color": colours.lotLine, "line-width": ["interpolate", ["linear"], ["zoom"], 15, 0.35, 18, 1] as never }} />
      <Layer {...number} />
    </Tiles>
  );
}
