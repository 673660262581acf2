// What the city's register holds, and the ways to a parcel besides words.
import { UnstyledButton } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../address";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { lackOn, settings } from "../settings";
import { CoordinateSearch } from "./CoordinateSearch";
import { Here } from "./Here";
import { AroundIcon, ChevronIcon, GridIcon, SheetIcon } from "./icons";
import { KeySearch } from "./KeySearch";
import { useSheet } from "./Sheet";

/** How far around the middle of the map "near" goes, in metres. */
const NEAR_M = 25;

type Way = "key" | "coordinates";

export function Home({ question, map }: { question: Question; map: React.RefObject<MapHandle | null> }) {
  const { t } = useTranslation();
  const write = useWrite();
  const [open, setOpen] = useState<Way>();
  const { setHeight } = useSheet();
  const lack = lackOn(question.date);
  const submit = (asked: Question) => {
    ask({ ...asked, ...(question.date ? { date: question.date } : {}) });
    setHeight("half");
    document.getElementById("result")?.focus({ preventScroll: true });
  };
  const way = (name: Way) => ({
    open: open === name, title: t(`ways.${name}`), more: t(`ways.${name}More`),
    onToggle: () => {
      setOpen(open === name ? undefined : name);
      setHeight("high");
    },
  });
  const near = () => {
    const [west, south, east, north] = settings.bounds;
    const [lon, lat] = map.current?.middle() ?? [(west + east) / 2, (south + north) / 2];
    submit({ by: "position", lon, lat, accuracy: NEAR_M });
  };
  return (
    <section className="home">
      <h1>{t("home.heading")}</h1>
      {lack ? <p className="holds">{t(`home.${lack.sentence}`, { from: write.day(lack.from) })}</p> : settings.parcels > 0 && (
        <p className="holds">
          {t("home.holds", {
            parcels: write.fixed(settings.parcels, 0), held: write.fixed(settings.wardsWithParcels, 0), wards: write.fixed(settings.wards, 0),
          })}
        </p>
      )}
      <p id="hint" className="hint">{t("search.hint")}</p>
      <ul className="ways">
        <li><Here onAsk={submit} /></li>
        <li>
          <UnstyledButton className="way" onClick={near}>
            <AroundIcon /><span><b>{t("ways.near")}</b><small>{t("ways.nearMore", { metres: NEAR_M })}</small></span>
          </UnstyledButton>
        </li>
        <WayItem {...way("key")} icon={<SheetIcon />}><KeySearch question={question} onAsk={submit} /></WayItem>
        <WayItem {...way("coordinates")} icon={<GridIcon />}><CoordinateSearch question={question} onAsk={submit} /></WayItem>
      </ul>
      {settings.revision > 0 && (
        <p className="note">{t("parcel.revision", { revision: write.fixed(settings.revision, 0), date: write.day(settings.date) })}</p>
      )}
    </section>
  );
}

interface Item {
  open: boolean;
  title: string;
  more: string;
  icon: ReactNode;
  onToggle: () => void;
  children: ReactNode;
}

/** A way to ask that opens its form in place. */
function WayItem({ open, title, more, icon, onToggle, children }: Item) {
  return (
    <li>
      <UnstyledButton className={open ? "way open" : "way"} aria-expanded={open} onClick={onToggle}>
        {icon}<span><b>{title}</b><small>{more}</small></span><ChevronIcon />
      </UnstyledButton>
      {open && <div className="form">{children}</div>}
    </li>
  );
}
