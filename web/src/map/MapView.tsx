// The map itself; everything that needs MapLibre is loaded with this file.
import "maplibre-gl/dist/maplibre-gl.css";
import { Layer, Map, ScaleControl, type MapRef, type MapLayerMouseEvent } from "@vis.gl/react-maplibre";
import * as maplibre from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { lazy, Suspense, useCallback, useEffect, useImperativeHandle, useRef, useState, type Ref, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { ask, lookOf, noteLook, useHouseText, useShown } from "../address";
import type { Parcel } from "../api/answer";
import type { Ward } from "../api/wards";
import type { Question } from "../question";
import { Caught } from "../page/Caught";
import { settings, type Bounds } from "../settings";
import { BasePictures, CITY, CityLayers, LOTS } from "./CityLayers";
import { DARK, LIGHT } from "./colours";
import { boundsOfFound, frameAround } from "./found";
import { FoundLayers } from "./FoundLayers";
import { shownAtFirst } from "./groups";
import { drawOn } from "./onPaper";
import { patternImage, PIXEL_RATIO } from "./patterns";
import { WardLayers } from "./WardLayers";
import { useChanges } from "./useChanges";

maplibre.setWorkerUrl(worker);
maplibre.setWorkerCount(1);
// The second thread begins while this one makes the map.
maplibre.prewarm();

/** What is drawn on a parcel, and the tools for it. */
const HouseOnMap = lazy(() => import("../house/HouseOnMap"));

const EMPTY: maplibre.StyleSpecification = { version: 8, sources: {}, layers: [] };
/** From this zoom on lots can be told apart. */
const LEGIBLE = 17;

type Padding = Required<maplibre.PaddingOptions>;

/** What the tools beside the map ask of it. */
export interface MapHandle {
  zoomBy(levels: number): void;
  /** Longitude and latitude of the middle of what can be seen. */
  middle(): [number, number];
  /** Draws what it shows around bounds on a canvas; false where it shows something else. */
  drawOn(canvas: HTMLCanvasElement, bounds: Bounds): boolean;
}

export interface MapViewProps {
  ref: Ref<MapHandle>;
  question: Question;
  parcels: readonly Parcel[];
  wards: readonly Ward[];
  /** The ward that was found. */
  ward: Ward | undefined;
  /** Day of the tiles, when one is asked for. */
  date: string | undefined;
  dark: boolean;
  /** Pixels at the bottom that the panel covers. */
  covered: number;
  onDrawn: () => void;
  onFailed: () => void;
}

export default function MapView({ ref, question, parcels, wards, ward, date, dark, covered, onDrawn, onFailed }: MapViewProps) {
  const { t } = useTranslation();
  const [map, setMap] = useState<MapRef | null>(null);
  const [busy, setBusy] = useState(true);
  const [drawn, setDrawn] = useState(false);
  const colours = dark ? DARK : LIGHT;
  const shown = useShown(shownAtFirst);
  const based = settings.base !== undefined && shown.has("base");
  const style = based && settings.base?.kind === "vector" ? settings.base.url : EMPTY;
  const padding = useRef<Padding>({ top: 112, right: 24, bottom: 24, left: 24 });
  padding.current.bottom = covered + 24;
  useImperativeHandle(ref, () => ({
    zoomBy: (levels) => map?.easeTo({ zoom: map.getZoom() + levels, duration: 250 }),
    middle: () => middleOf(map, padding.current),
    drawOn: (canvas, bounds) => map !== null && drawOn(map.getMap(), canvas, bounds),
  }), [map]);

  useLookAt(map, parcels, ward, question, padding);
  useHover(map);
  useChanges(map);
  const [only] = parcels;
  const drawing = useHouseText(parcels.length === 1 ? only?.id : undefined) !== undefined;
  // A tap beside what is being drawn must not lead away from it.
  const open = useCallback((event: MapLayerMouseEvent) => {
    if (!drawing) openAt(event.target, event.point, question);
  }, [drawing, question]);
  const start = useRef(firstLook(padding.current));
  const begin = useCallback((begun: MapRef | null) => {
    if (begun) prepare(begun.getMap());
    setMap(begun);
  }, []);
  const show = () => {
    if (drawn) return;
    setDrawn(true);
    onDrawn();
  };
  return (
    <div className={drawn ? "map" : "map unseen"} aria-busy={busy} onKeyDown={(event) => {
      // Enter opens what lies in the middle of what can be seen.
      if (event.key !== "Enter" || drawing || !map || event.target !== map.getCanvas()) return;
      openAt(map.getMap(), seenMiddle(map, padding.current), question);
    }}>
      <Map
        ref={begin} mapLib={maplibre} mapStyle={style} initialViewState={start.current}
        minZoom={6} maxZoom={22} maxPitch={0} dragRotate={false} touchPitch={false} pitchWithRotate={false}
        attributionControl={false} fadeDuration={0} interactiveLayerIds={[LOTS]} locale={{ "Map.Title": t("map.label") }}
        onLoad={({ target }) => void target.on("dataloading", () => setBusy(true))}
        onIdle={({ target }) => {
          // The style is at rest once before the city's source is in it.
          if (!isCityThere(target)) return;
          setBusy(false);
          show();
        }}
        onMoveStart={({ originalEvent }) => {
          setBusy(true);
          // Whoever moves the map wants to see it move, drawn or half drawn.
          if (originalEvent) show();
        }}
        onClick={open}
        onMoveEnd={({ viewState }) => noteLook({ lon: viewState.longitude, lat: viewState.latitude, zoom: viewState.zoom })}
        onError={({ error }) => {
          // Without WebGL there is no map; a tile that fails is told by the tiles around it.
          if (/webgl/i.test(error.message)) onFailed();
        }}
      >
        <Layer id="ground" type="background" paint={{ "background-color": colours.ground }} layout={{ visibility: style === EMPTY ? "visible" : "none" }} />
        <BasePictures visible={based} />
        <CityLayers date={date} colours={colours} dark={dark} shown={shown} found={parcels} wards={wards} ward={ward} based={based} />
        <WardLayers wards={wards} found={ward} colours={colours} visible={shown.has("wards")} />
        <FoundLayers parcels={parcels} question={question} colours={colours} drawing={drawing} />
        {drawing && only && (
          <Caught><Suspense fallback={null}><HouseOnMap parcel={only} colours={colours} dark={dark} padding={padding} covered={covered} date={date} /></Suspense></Caught>
        )}
        <ScaleControl unit="metric" maxWidth={110} />
      </Map>
    </div>
  );
}

/** As soon as the map is there, before its tiles: no turning, patterns on demand; whoever scripts the
 * page finds the map at its element. */
function prepare(map: maplibre.Map): void {
  Object.assign(map.getContainer(), { map });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    const image = patternImage(id);
    if (image && !map.hasImage(id)) map.addImage(id, image, { pixelRatio: PIXEL_RATIO });
  });
}

/** Whether all tiles of the city that the map shows now have come; a city without layers has none. */
const isCityThere = (map: maplibre.Map) =>
  settings.layers.every(({ name }) => name === "base") || (map.getSource(CITY) !== undefined && map.isSourceLoaded(CITY));

function firstLook(padding: Padding) {
  const look = lookOf(location.search);
  if (look) return { longitude: look.lon, latitude: look.lat, zoom: look.zoom };
  return { bounds: settings.bounds as maplibre.LngLatBoundsLike, fitBoundsOptions: { padding } };
}

/** The middle of what the panel and the search leave free, in pixels. */
function seenMiddle(map: MapRef, padding: Padding): [number, number] {
  const { clientWidth, clientHeight } = map.getCanvas();
  return [clientWidth / 2, (padding.top + clientHeight - padding.bottom) / 2];
}

function middleOf(map: MapRef | null, padding: Padding): [number, number] {
  const [west, south, east, north] = settings.bounds;
  const middle = map?.unproject(seenMiddle(map, padding)) ?? { lng: (west + east) / 2, lat: (south + north) / 2 };
  return [Number(middle.lng.toFixed(7)), Number(middle.lat.toFixed(7))];
}

/** The lot at a place of the screen, or else the question what is there. */
function openAt(map: maplibre.Map, point: maplibre.PointLike, question: Question): void {
  const date = question.date ? { date: question.date } : {};
  const [lot] = map.getLayer(LOTS) ? map.queryRenderedFeatures(point, { layers: [LOTS] }) : [];
  if (lot?.id !== undefined) {
    ask({ by: "id", id: String(lot.id), ...date });
    return;
  }
  const { lng, lat } = map.unproject(point);
  ask({ by: "position", lon: Number(lng.toFixed(7)), lat: Number(lat.toFixed(7)), ...date });
}

/** Moves to what was found, unless it can be seen and read already. */
function useLookAt(map: MapRef | null, parcels: readonly Parcel[], ward: Ward | undefined, question: Question, padding: RefObject<Padding>): void {
  const seen = useRef(lookOf(location.search) !== undefined);
  useEffect(() => {
    const bounds = ward?.bounds as Bounds | undefined ?? boundsOfFound(parcels, question);
    if (!map || !bounds) return;
    // The address that the page was opened with says where to look.
    if (seen.current) {
      seen.current = false;
      return;
    }
    if (!ward && map.getZoom() >= LEGIBLE && isWithin(map, bounds, padding.current)) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    map.fitBounds(ward ? bounds : frameAround(bounds), { padding: padding.current, maxZoom: 20.5, duration: still ? 0 : 900 });
  }, [map, parcels, ward, question, padding]);
}

function isWithin(map: MapRef, [west, south, east, north]: Bounds, padding: Padding): boolean {
  const { clientWidth, clientHeight } = map.getCanvas();
  return [[west, south], [east, north]].every((corner) => {
    const { x, y } = map.project(corner as [number, number]);
    return x > 0 && x < clientWidth && y > padding.top - 40 && y < clientHeight - padding.bottom + 24;
  });
}

/** The lot under the pointer stands out. */
function useHover(map: MapRef | null): void {
  useEffect(() => {
    if (!map || !matchMedia("(hover: hover)").matches) return undefined;
    let over: number | string | undefined;
    const mark = (id: number | string | undefined) => {
      if (id === over) return;
      const feature = (known: number | string) => ({ source: CITY, sourceLayer: "parcels", id: known });
      if (over !== undefined) map.setFeatureState(feature(over), { hover: false });
      if (id !== undefined) map.setFeatureState(feature(id), { hover: true });
      over = id;
    };
    const move = (event: maplibre.MapMouseEvent) => {
      const legible = map.getLayer(LOTS) && map.getZoom() >= LEGIBLE;
      mark(legible ? map.queryRenderedFeatures(event.point, { layers: [LOTS] })[0]?.id : undefined);
    };
    const leave = () => mark(undefined);
    map.on("mousemove", move);
    map.on("mouseout", leave);
    return () => {
      map.off("mousemove", move);
      map.off("mouseout", leave);
    };
  }, [map]);
}
