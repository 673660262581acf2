// What stands on paper alone: at the head of every sheet what it is and where it came from, and the
// map as it was seen.
import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { addressOf, HERE } from "../address";
import type { Answer, Parcel } from "../api/answer";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { settings } from "../settings";
import { isPrinting, onPrinting, usePrinting } from "./printing";

/** The address of a parcel on a day, for others; what is drawn on it stands in it. */
export const linkTo = (parcel: Parcel, date: string | undefined) =>
  new URL(addressOf({ by: "id", id: parcel.id, ...(date ? { date } : {}) }), HERE).href;

/** An address without what is drawn, which fills lines; it stands in full once, with the house. */
function shortened(link: string): string {
  const short = new URL(link);
  for (const name of ["house", "show", "lang"]) short.searchParams.delete(name);
  return short.href;
}

/** Repeated on every sheet. */
export function PaperHead({ question, answer, synthetic }: { question: Question; answer: Answer | undefined; synthetic: boolean }) {
  const { t } = useTranslation();
  const write = useWrite();
  const [only, ...others] = answer?.parcels ?? [];
  const one = only && others.length === 0 ? only : undefined;
  const link = one ? linkTo(one, question.date) : new URL(addressOf(question), HERE).href;
  const { revision, date } = answer ?? settings;
  if (!usePrinting()) return null;
  return (
    <div className="paper-head print-only">
      <div className="running">
        <p>
          <b>{t("title")}</b>{one && <> · <b>{t("parcel.name", { ...one.asMap })}, {one.ward.name}</b></>}
          {" · "}{t("parcel.revision", { revision: write.fixed(revision, 0), date: write.day(date) })}
        </p>
        <p className="from">{shortened(link)}</p>
        {synthetic && <p className="made-up">{t("synthetic")}</p>}
      </div>
    </div>
  );
}

/** The map around a parcel as it is shown while printing begins; nothing where the map looks elsewhere. */
export function PaperMap({ parcel, map }: { parcel: Parcel; map: RefObject<MapHandle | null> }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  const [west, south, east, north] = parcel.degrees;
  useEffect(() => onPrinting(() => {
    if (!isPrinting() || !canvas.current) return;
    setDrawn(map.current?.drawOn(canvas.current, [west, south, east, north]) ?? false);
  }), [map, west, south, east, north]);
  return (
    <figure className={drawn ? "panel paper-map print-only" : "paper-map never"}>
      <canvas ref={canvas} width={960} height={600} role="img" aria-label={t("map.label")} />
      <figcaption className="note">{t("map.onPaper")} {settings.base?.attribution}</figcaption>
    </figure>
  );
}
