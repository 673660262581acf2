// Wards by their names, each once: the largest first where there is no room for all; and the ward
// that was found.
import { Layer, Source } from "@vis.gl/react-maplibre";
import { useMemo } from "react";
import type { Ward } from "../api/wards";
import { STRONG } from "./CityLayers";
import type { Colours } from "./colours";
import type { Collection } from "./found";

interface WardLayersProps {
  wards: readonly Ward[];
  found: Ward | undefined;
  colours: Colours;
  visible: boolean;
}

export function WardLayers({ wards, found, colours, visible }: WardLayersProps) {
  const places = useMemo((): Collection => ({
    type: "FeatureCollection",
    features: wards.flatMap(({ code, name, area, point }) => (!point ? [] : [{
      type: "Feature" as const, properties: { code, name, smaller: -(area ?? 0) }, geometry: { type: "Point" as const, coordinates: point },
    }])),
  }), [wards]);
  const shown = visible || found !== undefined;
  return (
    <Source id="ward-places" type="geojson" data={places}>
      <Layer id="ward-names" type="symbol" minzoom={6} maxzoom={16} filter={visible ? ["has", "code"] : ["==", ["get", "code"], found?.code ?? ""]}
        layout={{
          visibility: shown ? "visible" : "none", "text-field": ["get", "name"], "text-font": STRONG, "text-max-width": 7, "text-padding": 4,
          "text-size": ["interpolate", ["linear"], ["zoom"], 7, 10, 10, 11.5, 14, 15], "symbol-sort-key": ["get", "smaller"],
        }}
        paint={{ "text-color": colours.wardText, "text-halo-color": colours.halo, "text-halo-width": 1.8 }} />
    </Source>
  );
}
