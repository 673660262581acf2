// What applies to a parcel: themes that concern it, that do not, and of which nothing is known.
import "./texts";
import "./panel.css";
import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import { Failure } from "../page/Failure";
import type { Question } from "../question";
import { useWrite } from "../numbers";
import { CONCERNS, useExtract, type Concern, type Extract } from "./extract";
import { HouseStart } from "./HouseStart";
import { ConcernedIcon, FreeIcon, UnknownIcon } from "./signs";
import { ThemeOf } from "./ThemeOf";

const SIGNS = { concerned: ConcernedIcon, notConcerned: FreeIcon, withoutData: UnknownIcon };

export default function Applies({ parcel, question }: { parcel: Parcel; question: Question }) {
  const { t } = useTranslation();
  const extract = useExtract(parcel.id, question.date);
  return (
    <>
      <section className="panel applies" aria-labelledby="applies">
        <h2 id="applies">{t("applies.heading")}</h2>
        {extract.isPending && <Skeleton h={220} mt="sm" role="status" aria-label={t("loading")} />}
        {extract.isError && <Failure problem={extract.error} onRetry={() => void extract.refetch()} />}
        {extract.data && <Lists extract={extract.data} />}
      </section>
      <HouseStart key={parcel.id} parcel={parcel} date={question.date} />
    </>
  );
}

function Lists({ extract }: { extract: Extract }) {
  const { t, i18n } = useTranslation();
  const write = useWrite();
  const page = `v1/parcels/${extract.parcel.id}/extract?f=html&lang=${i18n.language}&date=${extract.date}`;
  return (
    <>
      {CONCERNS.map((concern) => <List key={concern} concern={concern} extract={extract} />)}
      <p className="note">
        {t("applies.asOf", { date: write.day(extract.date), revision: write.fixed(extract.revision, 0) })} <a href={page} className="no-print">{t("applies.sheet")}</a>
      </p>
    </>
  );
}

function List({ concern, extract }: { concern: Concern; extract: Extract }) {
  const { t } = useTranslation();
  const Sign = SIGNS[concern];
  const themes = extract.themes.filter((theme) => theme.concern === concern);
  return (
    <section className={`concern ${concern}${themes.length === 0 ? " empty" : ""}`} aria-labelledby={`list-${concern}`} data-concern={concern}>
      <h3 id={`list-${concern}`}><Sign /> {t(`applies.${concern}`)} <b className="count">{themes.length}</b></h3>
      <p className="means">{t(themes.length > 0 ? `applies.means.${concern}` : `applies.none.${concern}`)}</p>
      {themes.length > 0 && <ul>{themes.map((theme) => <li key={theme.code} data-theme={theme.code}><ThemeOf theme={theme} extract={extract} /></li>)}</ul>}
    </section>
  );
}
