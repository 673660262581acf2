// A ward by itself: its facts, and the ways on to its parcels.
import { useTranslation } from "react-i18next";
import { ask } from "../address";
import type { Ward } from "../api/wards";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { Fact } from "./Facts";
import { KeySearch } from "./KeySearch";

export function WardSheet({ ward, date }: { ward: Ward; date: string | undefined }) {
  const { t, i18n } = useTranslation();
  const write = useWrite();
  const filter = encodeURIComponent(`ward.code='${ward.code}'`);
  const list = `collections/parcels/items?f=html&lang=${i18n.language}&filter=${filter}${date ? `&datetime=${date}` : ""}`;
  const asked: Question = { by: "key", ward: ward.name, sheet: "", number: "" };
  return (
    <article className="parcel ward">
      <div className="heading"><h1>{ward.name}</h1></div>
      <section className="panel facts-panel" aria-label={t("ward.facts")}>
        <dl className="facts">
          <Fact name={t("ward.code")}><span className="digits">{ward.code}</span></Fact>
          <Fact name={t("ward.parcels")}>{ward.parcels > 0 ? write.fixed(ward.parcels, 0) : t("ward.none")}</Fact>
          {ward.area !== undefined && ward.area !== null && <Fact name={t("ward.area")}>{write.fixed(ward.area / 1e6, 2)} km²</Fact>}
          <Fact name={t("parcel.valid")}>{t("parcel.validFrom", { from: write.day(ward.validFrom) })}</Fact>
        </dl>
      </section>
      {ward.parcels > 0 && (
        <section className="panel" aria-labelledby="ward-key">
          <h2 id="ward-key">{t("ward.find")}</h2>
          <KeySearch key={ward.code} question={asked} onAsk={(one) => ask({ ...one, ...(date ? { date } : {}) })} />
          <p className="note"><a href={list}>{t("ward.list")}</a></p>
        </section>
      )}
    </article>
  );
}
