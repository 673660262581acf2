// The city from the server's tiles, from the ground up: water, lots, zones, restrictions, red lines,
// wards, and what is written on them.
import { Layer, Source, type LayerProps } from "@vis.gl/react-maplibre";
import type { ExpressionSpecification } from "maplibre-gl";
import { useTranslation } from "react-i18next";
import { HERE } from "../address";
import type { Parcel } from "../api/answer";
import type { Ward } from "../api/wards";
import { settings } from "../settings";
import type { Colours } from "./colours";
import { byRestriction, byZone, colourOf, isWater, patternOf } from "./expressions";
import { WATER, WITHOUT_DATA } from "./legend";

/** The typeface that the page has loaded, in the two weights of the map. */
export const PLAIN = ["Inter Variable"];
export const STRONG = ["Inter Semibold"];

/** The source of all tiles, and the layer of lots that answers to a click. */
export const CITY = "city";
export const LOTS = "lots";

/** An address on this server in full; a base map may be elsewhere. */
const absolute = (address: string) => (address.startsWith("/") ? location.origin + address : address);

/** The pictures of a base map. */
export function BasePictures({ visible }: { visible: boolean }) {
  if (settings.base?.kind !== "raster") return null;
  return (
    <Source id="base" type="raster" tiles={[absolute(settings.base.url)]} tileSize={256}>
      <Layer id="base-pictures" type="raster" layout={{ visibility: visible ? "visible" : "none" }} />
    </Source>
  );
}

interface City {
  date: string | undefined;
  colours: Colours;
  dark: boolean;
  shown: ReadonlySet<string>;
  found: readonly Parcel[];
  wards: readonly Ward[];
  /** The ward that was found. */
  ward: Ward | undefined;
  /** Whether a base map lies beneath, which lots let shine through. */
  based: boolean;
}

type Drawn = LayerProps & { "source-layer": string };

/** A number that grows from one zoom to another. */
const growing = (...stops: number[]) => ["interpolate", ["linear"], ["zoom"], ...stops] as unknown as ExpressionSpecification;

export function CityLayers(city: City) {
  const { t, i18n } = useTranslation();
  const zooms = settings.layers.filter((layer) => layer.name !== "base");
  if (zooms.length === 0) return null;
  const words = { sheet: t("map.sheet"), width: t("map.rightOfWay"), parcels: t("map.parcels"), locale: i18n.language };
  const layers: Drawn[] = [...ground(city), ...planned(city), ...lines(city), ...written(city, words)];
  const date = city.date ? `?date=${city.date}` : "";
  return (
    <Source id={CITY} type="vector" tiles={[`${HERE}tiles/city/{z}/{x}/{y}${date}`]}
      minzoom={Math.min(...zooms.map((layer) => layer.first))} maxzoom={Math.max(...zooms.map((layer) => layer.last))}>
      {layers.map((layer) => <Layer key={layer.id} {...layer} />)}
    </Source>
  );
}

const visibility = (shown: boolean) => (shown ? "visible" : "none") as "visible" | "none";

const codeIn = (wards: readonly Ward[]): ExpressionSpecification => ["in", ["get", "code"], ["literal", wards.map((one) => one.code)]];

/** Ground without data, water, rights of way, blocks, lots. */
function ground({ colours, dark, shown, based, wards, ward }: City): Drawn[] {
  const hover: ExpressionSpecification = ["boolean", ["feature-state", "hover"], false];
  const lots = { visibility: visibility(shown.has("parcels")) };
  return [
    { id: "ward-ground", type: "fill", "source-layer": "wards", layout: { visibility: visibility(shown.has("wards") && !based) },
      maxzoom: 13, paint: { "fill-color": colours.block, "fill-opacity": growing(11, 1, 13, 0) } },
    { id: "without-data", type: "fill", "source-layer": "wards", filter: codeIn(wards.filter((one) => one.parcels === 0)),
      layout: { visibility: visibility(shown.has("parcels") && !based) }, paint: { "fill-pattern": patternOf(dark)(WITHOUT_DATA), "fill-opacity": 0.9 } },
    { id: "ward-found", type: "fill", "source-layer": "wards", filter: codeIn(ward ? [ward] : []), paint: { "fill-color": colours.chosen, "fill-opacity": 0.1 } },
    { id: "streets", type: "fill", "source-layer": "roads", layout: { visibility: visibility(shown.has("roads") && !based) }, paint: { "fill-color": colours.street } },
    { id: "water", type: "fill", "source-layer": "restrictions", filter: isWater,
      layout: { visibility: visibility(shown.has("restrictions")) }, paint: { "fill-color": dark ? WATER.dark : WATER.light } },
    { id: "blocks", type: "fill", "source-layer": "blocks", layout: lots, maxzoom: 15,
      paint: { "fill-color": colours.lot, "fill-opacity": based ? 0.45 : 1 } },
    { id: LOTS, type: "fill", "source-layer": "parcels", layout: lots,
      paint: { "fill-color": ["case", hover, colours.chosen, colours.lot], "fill-opacity": ["case", hover, 0.18, based ? 0.45 : 1] } },
  ];
}

/** Zones and restrictions: a colour, a pattern in it, a rim. */
function planned({ dark, shown }: City): Drawn[] {
  const zones = { visibility: visibility(shown.has("zones")) };
  const restrictions = { visibility: visibility(shown.has("restrictions")) };
  const others: ExpressionSpecification = ["!", isWater];
  return [
    { id: "zones", type: "fill", "source-layer": "zones", layout: zones, paint: { "fill-color": byZone(colourOf(dark)), "fill-opacity": growing(10, 0.5, 15, 0.2, 18, 0.12) } },
    { id: "zone-patterns", type: "fill", "source-layer": "zones", layout: zones, minzoom: 14, paint: { "fill-pattern": byZone(patternOf(dark)), "fill-opacity": growing(14, 0.5, 18, 0.3) } },
    { id: "zone-rims", type: "line", "source-layer": "zones", layout: zones, minzoom: 14, paint: { "line-color": byZone(colourOf(dark)), "line-width": growing(14, 0.6, 18, 1.6), "line-opacity": 0.8 } },
    { id: "restrictions", type: "fill", "source-layer": "restrictions", filter: others, layout: restrictions, minzoom: 12, paint: { "fill-pattern": byRestriction(patternOf(dark)), "fill-opacity": 0.75 } },
    { id: "restriction-rims", type: "line", "source-layer": "restrictions", filter: others, layout: restrictions, minzoom: 12, paint: { "line-color": byRestriction(colourOf(dark)), "line-width": 1.4, "line-dasharray": [4, 2] } },
  ];
}

/** Boundaries of lots, red lines, borders of wards; these as whole lines, since each stands in both
 * of its wards and dashes would not meet. */
function lines({ colours, shown, ward }: City): Drawn[] {
  const lots = { visibility: visibility(shown.has("parcels")), "line-join": "round" as const };
  return [
    { id: "block-lines", type: "line", "source-layer": "blocks", layout: lots, minzoom: 13, maxzoom: 15, paint: { "line-color": colours.lotLine, "line-width": 0.5 } },
    { id: "lot-lines", type: "line", "source-layer": "parcels", layout: lots, paint: { "line-color": colours.lotLine, "line-width": growing(15, 0.35, 18, 1) } },
    { id: "red-lines", type: "line", "source-layer": "roads", minzoom: 14, layout: { visibility: visibility(shown.has("roads")), "line-join": "round" },
      paint: { "line-color": colours.redLine, "line-width": growing(14, 0.4, 19, 1.5), "line-dasharray": [5, 2.5], "line-opacity": growing(14, 0.4, 16, 0.9) } },
    { id: "ward-lines", type: "line", "source-layer": "wards", layout: { visibility: visibility(shown.has("wards")), "line-join": "round" },
      paint: { "line-color": colours.wardLine, "line-width": growing(8, 0.5, 13, 1.4, 18, 3) } },
    { id: "ward-found-line", type: "line", "source-layer": "wards", filter: codeIn(ward ? [ward] : []), layout: { "line-join": "round" },
      paint: { "line-color": colours.chosenLine, "line-width": growing(8, 2.5, 14, 4) } },
  ];
}

interface Words {
  sheet: string;
  width: string;
  parcels: string;
  locale: string;
}

/** Numbers of lots, planned functions, streets with their widths, beside the lines that they are
 * written along. */
function written({ colours, dark, shown, found }: City, words: Words): Drawn[] {
  const visible = (group: string) => ({ visibility: visibility(shown.has(group)) });
  const metres: ExpressionSpecification = ["number-format", ["get", "width_m"], { locale: words.locale, "max-fraction-digits": 1 }];
  const widths: ExpressionSpecification = ["case", ["has", "width_m"], ["concat", ["coalesce", ["get", "street"], ""], ` · ${words.width} `, metres, " m"], ["coalesce", ["get", "street"], ""]];
  // Those that were found carry their numbers themselves.
  const others: ExpressionSpecification = ["!", ["in", ["id"], ["literal", found.map((parcel) => Number(parcel.id))]]];
  const sheet: ExpressionSpecification = ["concat", `\n${words.sheet} `, ["get", "sheet"]];
  const halo = { "text-halo-color": colours.halo, "text-halo-width": 1.4 };
  return [
    { id: "block-counts", type: "symbol", "source-layer": "blocks", minzoom: 14, maxzoom: 15, layout: { ...visible("parcels"), "text-field": ["concat", ["to-string", ["get", "parcels"]], ` ${words.parcels}`], "text-font": PLAIN, "text-size": 11 }, paint: { "text-color": colours.lotText, ...halo } },
    { id: "zone-names", type: "symbol", "source-layer": "zones", minzoom: 15, layout: { ...visible("zones"), "text-field": ["format", ["get", "code"], { "text-font": ["literal", STRONG] }, ["concat", "\n", ["get", "function"]], {}], "text-font": PLAIN, "text-size": growing(15, 10.5, 18, 12), "text-max-width": 11, "symbol-sort-key": 2 }, paint: { "text-color": colours.lotText, ...halo } },
    { id: "restriction-names", type: "symbol", "source-layer": "restrictions", minzoom: 15, layout: { ...visible("restrictions"), "text-field": ["get", words.locale === "en" ? "legend_en" : "legend_vi"], "text-font": PLAIN, "text-size": 11.5, "text-max-width": 10 }, paint: { "text-color": ["case", isWater, colours.waterText, byRestriction(colourOf(dark))], ...halo } },
    { id: "lot-numbers", type: "symbol", "source-layer": "labels", minzoom: 17, filter: others,
      layout: {
        ...visible("parcels"), "text-font": PLAIN, "text-size": growing(17, 10.5, 19, 13), "text-padding": 0, "text-max-width": 12,
        "text-field": ["step", ["zoom"], ["get", "number"], 19, ["format", ["get", "number"], {}, sheet, { "font-scale": 0.78 }]],
      },
      paint: { "text-color": colours.lotText, "text-halo-color": colours.lot, "text-halo-width": 1.2 } },
    { id: "street-names", type: "symbol", "source-layer": "roads", minzoom: 15, filter: ["any", ["!", ["get", "alley"]], [">=", ["zoom"], 17]], layout: { ...visible("roads"), "symbol-placement": "line", "symbol-spacing": 380, "text-field": widths, "text-font": PLAIN, "text-size": growing(15, 10.5, 18, 12.5), "text-max-angle": 25, "text-padding": 12, "text-offset": ["step", ["zoom"], ["literal", [0, 0]], 16, ["literal", [0, 0.95]]] }, paint: { "text-color": colours.streetText, ...halo, "text-halo-width": 2 } },
  ];
}
