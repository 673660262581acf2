// How near the map looks, in steps of a tenth: layers themselves are laid out by whole zooms only.
import { useMap } from "@vis.gl/react-maplibre";
import { useEffect, useState } from "react";

export function useZoom(): number {
  const { current: map } = useMap();
  const [zoom, setZoom] = useState(0);
  useEffect(() => {
    if (!map) return undefined;
    const note = () => setZoom(Math.floor(map.getZoom() * 10) / 10);
    note();
    map.on("zoom", note);
    return () => {
      map.off("zoom", note);
    };
  }, [map]);
  return zoom;
}
