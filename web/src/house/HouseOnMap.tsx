// The house on the map: lot, walls with their lengths, what fails and where; pulled by a pointer.
import { Layer, Source, useMap } from "@vis.gl/react-maplibre";
import type { Feature } from "geojson";
import type { PaddingOptions } from "maplibre-gl";
import { useEffect, useMemo, useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import { STRONG } from "../map/CityLayers";
import type { Colours } from "../map/colours";
import { collection, edgesFor, roomyAt, type Collection } from "../map/found";
import { useZoom } from "../map/useZoom";
import { useWrite } from "../numbers";
import { Bodies } from "./Bodies";
import { drawn, useDrawn, type Drawn } from "./drawn";
import { outlinesOf, useEnvelope } from "./envelope";
import { at, distance, type Point } from "./plane";
import { heightOf, topOf, useTilt, useTurn } from "./solid";
import { metresOf, sightOf, type Sight } from "./sight";
import { usePulling } from "./usePulling";
import { shownOn, type Witness } from "./witness";

/** What the scale and whose data it is take at the bottom of the map. */
const BELOW_PX = 34;
/** Handles of corners reach so far beyond them. */
const AROUND_PX = 24;

interface HouseOnMapProps {
  parcel: Parcel;
  colours: Colours;
  dark: boolean;
  padding: RefObject<Required<PaddingOptions>>;
  /** Pixels at the bottom that the panel covers. */
  covered: number;
  date: string | undefined;
}

export default function HouseOnMap({ parcel, colours, dark, padding, covered, date }: HouseOnMapProps) {
  const { current: map } = useMap();
  const sight = useMemo(() => sightOf(parcel), [parcel]);
  const state = useDrawn();
  const envelope = useEnvelope(state, date);
  const solid = state?.solid === true;
  usePulling(solid ? undefined : map?.getMap(), sight);
  const highest = Math.max(state ? heightOf(state) ?? 0 : 0, ...(envelope?.levels ?? []).map(topOf));
  useTilt(map?.getMap(), parcel, solid, highest, { padding, covered });
  useTurn(map?.getMap(), parcel, solid ? state.turned : undefined);
  const zoomed = useRef<number>(undefined);
  useEffect(() => {
    // Whoever has come nearer to a wall stays there when the sheet moves.
    // In space it is looked at from elsewhere.
    if (!map || drawn()?.solid || (zoomed.current !== undefined && map.getZoom() > zoomed.current + 0.3)) return undefined;
    // Closer than a parcel that was found: its walls are to be taken hold of.
    const [west, south, east, north] = parcel.degrees;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const box: [[number, number], [number, number]] = [[west, south], [east, north]];
    // The panel takes its place first.
    const rest = setTimeout(() => {
      const options = { padding: { ...padding.current, top: padding.current.top + AROUND_PX, bottom: covered + AROUND_PX + BELOW_PX }, maxZoom: 21.5 };
      zoomed.current = map.cameraForBounds(box, options)?.zoom;
      map.fitBounds(box, { ...options, duration: still ? 0 : 500 });
    }, 60);
    return () => clearTimeout(rest);
  }, [map, parcel, padding, covered]);
  return state && state.parcel.id === parcel.id && <><Shapes state={state} sight={sight} colours={colours} dark={dark} date={date} solid={solid} />{solid && <Bodies state={state} sight={sight} envelope={envelope} dark={dark} />}</>;
}

/** Whether a distance is nothing, where a wall stands on what it is measured from. */
const isPlace = ({ area, rings: [line = []] }: Witness) => !area && distance(line[0] ?? [0, 0], line[1] ?? [0, 0]) < 50;

function useShapes(state: Drawn, sight: Sight) {
  const write = useWrite();
  const { t } = useTranslation();
  const { ring, lot, taps, chosen, origin } = state;
  const line = (points: readonly Point[]) => points.map((point) => [...sight.degrees(point)]);
  const closed = (points: readonly Point[]) => line([...points, ...points.slice(0, 1)]);
  const lotShape = useMemo(() => collection((lot?.edges ?? []).map((edge) => ({
    type: "Feature", properties: { facing: edge.facing, text: edge.facing === "road" ? edge.street || t("house.alley") : "" }, geometry: { type: "LineString", coordinates: line([edge.from, edge.to]) },
  }))), [lot, sight, t]);
  const house = useMemo(() => collection(ring ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [closed(ring)] } }] : []), [ring, sight]);
  const lengths = useMemo(() => (ring && !taps ? edgesFor(
    { shape: [[ring.map((point) => metresOf(origin, point))]], outline: [[ring.map((point) => sight.degrees(point))]] },
    (metres) => write.fixed(metres, 2),
  ) : collection([])), [ring, taps === undefined, origin, sight, write]);
  const handles = useMemo(() => {
    const features: Feature[] = (taps ?? ring ?? []).map((point, i) => ({
      type: "Feature", properties: { chosen: chosen?.kind === "corner" && chosen.at === i }, geometry: { type: "Point", coordinates: [...sight.degrees(point)] },
    }));
    if (ring && !taps && chosen?.kind === "wall" && chosen.at < ring.length) {
      features.push({ type: "Feature", properties: { chosen: true }, geometry: { type: "LineString", coordinates: line([at(ring, chosen.at), at(ring, chosen.at + 1)]) } });
    }
    if (taps && taps.length > 1) features.push({ type: "Feature", properties: { chosen: false }, geometry: { type: "LineString", coordinates: line(taps) } });
    return collection(features);
  }, [ring, taps, chosen, sight]);
  const witness = useMemo(() => collection((taps ? [] : shownOn(state)).flatMap((one): Feature[] => [
    {
      type: "Feature", properties: { quantity: one.quantity, outcome: one.outcome, whole: one.whole, text: `${t(`house.outcome.${one.outcome}`)}: ${one.text}` },
      geometry: isPlace(one) ? { type: "Point", coordinates: [...sight.degrees(one.rings[0]?.[0] ?? [0, 0])] } : one.area ? { type: "MultiPolygon", coordinates: one.rings.map((points) => [closed(points)]) } : { type: "LineString", coordinates: line(one.rings[0] ?? []) },
    },
  ])), [state.answer, state.problem, state.ring === undefined, taps === undefined, state.shown, sight, t]);
  return { lotShape, house, lengths, handles, witness };
}

/** The outlines within which may be built, each with the height up to which it holds. */
function useBuildable(state: Drawn, sight: Sight, date: string | undefined): Collection {
  const write = useWrite();
  const envelope = useEnvelope(state, date);
  return useMemo(() => collection((envelope?.levels ?? []).map((level, i): Feature => ({
    type: "Feature", properties: { order: -i, text: level.toM === null ? "" : `≤ ${write.fixed(Number(level.toM), 1)} m` },
    geometry: { type: "MultiPolygon", coordinates: outlinesOf(level, state).map((rings) => rings.map((ring) => [...ring, ...ring.slice(0, 1)].map((point) => [...sight.degrees(point)]))) },
  }))), [envelope, state.origin, sight, write]);
}

function Shapes({ state, sight, colours, dark, date, solid }: { state: Drawn; sight: Sight; colours: Colours; dark: boolean; date: string | undefined; solid: boolean }) {
  const buildable = useBuildable(state, sight, date);
  const { lotShape, house, lengths, handles, witness } = useShapes(state, sight);
  // What is written on the ground or taken hold of there would lie over the bodies.
  const visibility = solid ? "none" : "visible";
  const zoom = useZoom();
  const roomy = useMemo(() => roomyAt(zoom, lengths), [zoom, lengths]);
  const wall = dark ? "#ffd479" : "#5a3d00";
  const bad = dark ? "#ff8a80" : "#b3261e";
  const unknown = dark ? "#cfd8dc" : "#455a64";
  const isBad = ["==", ["get", "outcome"], "fail"] as never;
  const colour = ["case", isBad, bad, unknown] as never;
  const taken = state.taps !== undefined ? 0.35 : 1;
  return (
    <>
      <Source id="house-lot" type="geojson" data={lotShape}>
        <Layer id="house-lot-line" type="line" paint={{ "line-color": colours.chosenLine, "line-width": 1.6, "line-dasharray": [4, 2] }} />
        <Layer id="house-front" type="line" filter={["==", ["get", "facing"], "road"]} paint={{ "line-color": colours.redLine, "line-width": 3.5 }} />
      </Source>
      <Source id="house-buildable" type="geojson" data={buildable}>
        <Layer id="house-buildable-line" type="line" paint={{ "line-color": dark ? "#8fd9a8" : "#1b6b3a", "line-width": 3.2, "line-dasharray": [1.6, 1] }} />
        <Layer id="house-buildable-text" type="symbol" layout={{ visibility, "symbol-placement": "line", "symbol-spacing": 160, "text-padding": 3, "symbol-sort-key": ["get", "order"], "text-field": ["get", "text"], "text-font": STRONG, "text-size": 11.5, "text-offset": [0, 0.8] }} paint={{ "text-color": dark ? "#8fd9a8" : "#1b6b3a", "text-halo-color": colours.halo, "text-halo-width": 1.6 }} />
      </Source>
      <Source id="house" type="geojson" data={house}>
        <Layer id="house-fill" type="fill" paint={{ "fill-color": wall, "fill-opacity": 0.22 * taken }} />
        <Layer id="house-line" type="line" layout={{ "line-join": "miter" }} paint={{ "line-color": wall, "line-width": 3, "line-opacity": taken }} />
      </Source>
      <Source id="house-witness" type="geojson" data={witness}>
        <Layer id="house-witness-fill" type="fill" filter={["==", ["geometry-type"], "Polygon"]} paint={{ "fill-color": colour, "fill-opacity": ["case", ["get", "whole"], 0.16, isBad, 0.5, 0.12] as never }} />
        <Layer id="house-witness-rim" type="line" filter={["==", ["geometry-type"], "Polygon"]} paint={{ "line-color": colour, "line-width": 2, "line-dasharray": [2, 1.5] }} />
        <Layer id="house-witness-line" type="line" filter={["==", ["geometry-type"], "LineString"]} layout={{ "line-cap": "butt" }} paint={{ "line-color": colour, "line-width": 5 }} />
        <Layer id="house-witness-place" type="circle" layout={{ visibility }} filter={["==", ["geometry-type"], "Point"]} paint={{ "circle-radius": 13, "circle-color": colour, "circle-opacity": 0.35, "circle-stroke-color": colour, "circle-stroke-width": 3 }} />
        <Layer id="house-witness-text" type="symbol" layout={{ visibility, "text-field": ["get", "text"], "text-font": STRONG, "text-size": 12.5, "text-max-width": 12, "text-allow-overlap": false, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 0.6 }}
          paint={{ "text-color": colour, "text-halo-color": colours.halo, "text-halo-width": 2 }} />
      </Source>
      <Source id="house-handles" type="geojson" data={handles}>
        <Layer id="house-chosen" type="line" layout={{ visibility }} filter={["==", ["geometry-type"], "LineString"]} paint={{ "line-color": wall, "line-width": ["case", ["get", "chosen"], 7, 3] as never }} />
        <Layer id="house-corners" type="circle" layout={{ visibility }} filter={["==", ["geometry-type"], "Point"]}
          paint={{ "circle-radius": ["case", ["get", "chosen"], 9, 6.5] as never, "circle-color": colours.lot, "circle-stroke-color": wall, "circle-stroke-width": 3 }} />
      </Source>
      <Source id="house-lengths" type="geojson" data={roomy}>
        <Layer id="house-length-texts" type="symbol"
          layout={{ visibility,
            "text-field": ["get", "text"], "text-font": STRONG, "text-size": 13, "text-padding": 0, "text-rotate": ["get", "turn"], "text-rotation-alignment": "map", "text-allow-overlap": true,
            // Within, since those of the parcel stand outside.
            "text-offset": ["case", ["get", "above"], ["literal", [0, 0.95]], ["literal", [0, -0.95]]],
          }}
          paint={{ "text-color": wall, "text-halo-color": colours.halo, "text-halo-width": 1.8 }} />
      </Source>
    </>
  );
}
