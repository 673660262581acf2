// What was found, drawn from its exact shape: outline, lengths of its edges, the place asked for.
import { Layer, Source } from "@vis.gl/react-maplibre";
import { useMemo } from "react";
import type { Parcel } from "../api/answer";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { STRONG } from "./CityLayers";
import type { Colours } from "./colours";
import { askedAt, edgesFor, outlinesOf, roomyAt, type Collection } from "./found";
import { useZoom } from "./useZoom";

const NOTHING: Collection = { type: "FeatureCollection", features: [] };

interface FoundLayersProps {
  parcels: readonly Parcel[];
  question: Question;
  colours: Colours;
  /** Whether a house is drawn there, whose lengths stand where the number would. */
  drawing: boolean;
}

export function FoundLayers({ parcels, question, colours, drawing }: FoundLayersProps) {
  const write = useWrite();
  const [only] = parcels;
  const outlines = useMemo(() => outlinesOf(parcels), [parcels]);
  const edges = useMemo(
    () => (only && parcels.length === 1 ? edgesFor(only, (metres) => write.fixed(metres, 2)) : NOTHING),
    [only, parcels.length, write],
  );
  const zoom = useZoom();
  const roomy = useMemo(() => roomyAt(zoom, edges), [zoom, edges]);
  const asked = useMemo(() => askedAt(question), [question]);
  return (
    <>
      <Source id="found" type="geojson" data={outlines}>
        <Layer id="found-fill" type="fill" paint={{ "fill-color": colours.chosen, "fill-opacity": 0.2 }} />
        <Layer id="found-line" type="line" layout={{ "line-join": "round" }}
          paint={{ "line-color": colours.chosenLine, "line-width": ["interpolate", ["linear"], ["zoom"], 12, 2, 18, 3] as never }} />
        <Layer id="found-number" type="symbol" minzoom={16}
          layout={{
            visibility: drawing ? "none" : "visible", "text-field": ["get", "number"], "text-font": STRONG, "text-size": parcels.length > 1 ? 12 : 14,
            "text-allow-overlap": parcels.length === 1, "text-padding": 0,
          }}
          paint={{ "text-color": colours.ink, "text-halo-color": colours.lot, "text-halo-width": 1.6 }} />
      </Source>
      <Source id="asked" type="geojson" data={asked}>
        <Layer id="asked-circle" type="fill" filter={["==", ["geometry-type"], "Polygon"]} paint={{ "fill-color": colours.asked, "fill-opacity": 0.1 }} />
        <Layer id="asked-rim" type="line" filter={["==", ["geometry-type"], "Polygon"]}
          paint={{ "line-color": colours.asked, "line-width": 1.4, "line-dasharray": [3, 2] }} />
        <Layer id="asked-point" type="circle" filter={["==", ["geometry-type"], "Point"]}
          paint={{ "circle-radius": 6, "circle-color": colours.asked, "circle-stroke-color": colours.lot, "circle-stroke-width": 2 }} />
      </Source>
      <Source id="edges" type="geojson" data={roomy}>
        <Layer id="edge-lengths" type="symbol"
          layout={{
            "text-field": ["get", "text"], "text-font": STRONG, "text-size": 13, "text-padding": 0, "text-rotate": ["get", "turn"],
            "text-rotation-alignment": "map", "text-allow-overlap": true,
            "text-offset": ["case", ["get", "above"], ["literal", [0, -0.95]], ["literal", [0, 0.95]]],
          }}
          paint={{ "text-color": colours.chosenLine, "text-halo-color": colours.halo, "text-halo-width": 1.8 }} />
      </Source>
    </>
  );
}
