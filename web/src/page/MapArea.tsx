// The map with its tools; until it is there, the drawing that came with the page shows through.
import { useComputedColorScheme } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import type { Ward } from "../api/wards";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { lackOn } from "../settings";
import { Attribution } from "./Attribution";
import { Caught } from "./Caught";
import { MapTools } from "./MapTools";
import { pixelsOf, useSheet } from "./Sheet";

/** Asked for at once, and comes while the rest of the page is drawn. */
const coming = import("../map/MapView");
// A map whose files do not come is told where it is to be drawn.
coming.catch(() => undefined);
const MapView = lazy(() => coming);
const NONE: Parcel[] = [];

interface MapAreaProps {
  question: Question;
  parcels: readonly Parcel[] | undefined;
  wards: readonly Ward[];
  /** The ward that was found. */
  ward: Ward | undefined;
  handle: React.RefObject<MapHandle | null>;
}

export function MapArea({ question, parcels, wards, ward, handle }: MapAreaProps) {
  const { t } = useTranslation();
  const dark = useComputedColorScheme("light") === "dark";
  const { height } = useSheet();
  const phone = useNarrow();
  const write = useWrite();
  const lack = lackOn(question.date);
  const [failed, setFailed] = useState(false);
  // What was found last stays on the map until the next answer is there.
  const last = useRef<readonly Parcel[]>(NONE);
  if (parcels) last.current = parcels;
  useEffect(() => {
    if (failed) document.getElementById("first-map")?.classList.add("alone");
  }, [failed]);
  return (
    <section className="map-area no-print" id="map" aria-label={t("map.area")} tabIndex={-1}>
      {failed ? <p className="no-map" role="status">{t("map.failed")}</p> : (
        <Caught onCaught={() => setFailed(true)}>
          <Suspense fallback={null}>
            <MapView
              ref={handle} question={question} parcels={question.by === "nothing" ? NONE : last.current} wards={wards} ward={ward} date={question.date}
              dark={dark} covered={phone ? pixelsOf(height === "high" ? "half" : height) : 0}
              onDrawn={() => document.getElementById("first-map")?.remove()} onFailed={() => setFailed(true)}
            />
          </Suspense>
        </Caught>
      )}
      {lack && !failed && <p className="no-map" role="status">{t(`home.${lack.sentence}`, { from: write.day(lack.from) })}</p>}
      <MapTools question={question} handle={handle} />
      <Attribution />
    </section>
  );
}

const NARROW = "(max-width: 61.99em)";

function useNarrow(): boolean {
  return useSyncExternalStore((listener) => {
    const media = matchMedia(NARROW);
    media.addEventListener("change", listener);
    return () => media.removeEventListener("change", listener);
  }, () => matchMedia(NARROW).matches);
}
