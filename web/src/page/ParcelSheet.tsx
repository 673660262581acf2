// One parcel: heading, drawing, facts, vertices, history.
import { Button, Group } from "@mantine/core";
import { lazy, Suspense, useEffect, useState, type ReactNode, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Neighbour, Parcel } from "../api/answer";
import { Drawing } from "../drawing/Drawing";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import { planeName } from "../planes";
import type { Question } from "../question";
import { Caught } from "./Caught";
import { Facts } from "./Facts";
import { HistoryOf } from "./HistoryOf";
import { DownloadIcon, LinkIcon, PrintIcon } from "./icons";
import { linkTo, PaperMap } from "./Paper";
import { Vertices } from "./Vertices";

/** What applies, and what may be built: comes when the rest stands. */
const Applies = lazy(() => import("../panel/Applies"));

interface Sheet {
  parcel: Parcel;
  question: Question;
  date: string;
  revision: number;
  map: RefObject<MapHandle | null>;
}

export function ParcelSheet({ parcel, question, date, revision, map }: Sheet) {
  const { t } = useTranslation();
  const write = useWrite();
  const name = t("parcel.name", { ...parcel.asMap });
  return (
    <article className="parcel">
      <div className="heading">
        <h1>{name}</h1>
        <p className="where">{parcel.ward.name}</p>
        <div className="tags">
          <span className={parcel.status === "inUse" ? "tag good" : "tag doubtful"}>{t(`parcel.status.${parcel.status}`)}</span>
          {question.date && <span className="tag then">{t("parcel.asOf", { date: write.day(date) })}</span>}
          {parcel.matchedBy && <span className="tag">{t(`parcel.matched.${parcel.matchedBy}`, { share: write.share(parcel.circleShare ?? 0) })}</span>}
        </div>
      </div>
      <Facts parcel={parcel} date={date} revision={revision} />
      <Take parcel={parcel} question={question} />
      <PaperMap parcel={parcel} map={map} />
      <Later><Applies parcel={parcel} question={question} /></Later>
      <section className="panel picture" aria-label={t("drawing.heading")}>
        <Drawing parcel={parcel} name={name} asked={question} {...(question.date ? { date: question.date } : {})} />
        <p className="note">{t("drawing.note", { plane: planeName(parcel.epsg) })}</p>
      </section>
      <Beside parcel={parcel} date={question.date} />
      <Vertices parcel={parcel} />
      <HistoryOf parcel={parcel} date={date} />
    </article>
  );
}

/** What nobody needs for the first view waits until the browser has nothing else to do. */
function Later({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(false);
  useEffect(() => {
    const start = () => setNow(true);
    // Safari has no such callback.
    if (!("requestIdleCallback" in window)) {
      const rest = setTimeout(start, 300);
      return () => clearTimeout(rest);
    }
    const rest = requestIdleCallback(start, { timeout: 2_000 });
    return () => cancelIdleCallback(rest);
  }, []);
  return now && <Caught><Suspense fallback={null}>{children}</Suspense></Caught>;
}

/** The parcels that touch it, as a list that needs no map. */
function Beside({ parcel, date }: { parcel: Parcel; date: string | undefined }) {
  const { t } = useTranslation();
  if (parcel.neighbours.length === 0) return null;
  return (
    <section className="panel beside no-print" aria-labelledby="beside">
      <h2 id="beside">{t("beside.heading", { count: parcel.neighbours.length })}</h2>
      <ul>{parcel.neighbours.map((one) => <li key={one.id}><NeighbourLink neighbour={one} date={date} /></li>)}</ul>
    </section>
  );
}

function NeighbourLink({ neighbour, date }: { neighbour: Neighbour; date: string | undefined }) {
  const { t } = useTranslation();
  const link = useLink({ by: "id", id: neighbour.id, ...(date ? { date } : {}) });
  return <a {...link}>{t("parcel.name", { ...neighbour })}</a>;
}

/** What to take away: a link, a page on paper, a file. */
function Take({ parcel, question }: { parcel: Parcel; question: Question }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState<"yes" | "no">();
  const link = linkTo(parcel, question.date);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("yes");
    } catch {
      setCopied("no");
    }
  };
  const file = `data:application/geo+json;charset=utf-8,${encodeURIComponent(JSON.stringify(parcel.feature, null, 1))}`;
  return (
    <Group gap="xs" className="take no-print">
      <Button variant="default" size="sm" leftSection={<LinkIcon />} onClick={() => void copy()}>{t(copied === "yes" ? "parcel.shared" : "parcel.share")}</Button>
      <Button variant="default" size="sm" leftSection={<PrintIcon />} onClick={() => print()}>{t("parcel.print")}</Button>
      <Button variant="default" size="sm" leftSection={<DownloadIcon />} component="a" href={file} download={`thua-${parcel.id}.geojson`}>{t("parcel.download")}</Button>
      <span role="status" className="copied">{copied === "no" ? t("parcel.copyFailed") : ""}</span>
    </Group>
  );
}
