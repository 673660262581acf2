// What may be built and the house, as bodies on the map.
import { Layer, Source } from "@vis.gl/react-maplibre";
import { useMemo } from "react";
import type { Drawn } from "./drawn";
import type { Envelope } from "./envelope";
import type { Sight } from "./sight";
import { houseBody, levelBodies } from "./solid";

export function Bodies({ state, sight, envelope, dark }: { state: Drawn; sight: Sight; envelope: Envelope | undefined; dark: boolean }) {
  const house = useMemo(() => houseBody(state, sight), [state.ring, state.fields, sight]);
  const levels = useMemo(() => levelBodies(envelope, state, sight), [envelope, state.origin, sight]);
  const ground = dark ? "#5fbf83" : "#2f9e5b";
  const upper = dark ? "#9be3b4" : "#79cf99";
  return (
    <>
      <Source id="house-body" type="geojson" data={house}>
        <Layer id="house-body" type="fill-extrusion" paint={{ "fill-extrusion-color": dark ? "#ffd479" : "#e0a95a", "fill-extrusion-base": 0, "fill-extrusion-height": ["get", "to"], "fill-extrusion-opacity": 1, "fill-extrusion-vertical-gradient": false }} />
      </Source>
      <Source id="house-levels" type="geojson" data={levels}>
        <Layer id="house-levels" type="fill-extrusion" paint={{ "fill-extrusion-color": ["case", ["get", "upper"], upper, ground] as never, "fill-extrusion-base": ["get", "from"], "fill-extrusion-height": ["get", "to"], "fill-extrusion-opacity": 0.42, "fill-extrusion-vertical-gradient": false }} />
      </Source>
    </>
  );
}
