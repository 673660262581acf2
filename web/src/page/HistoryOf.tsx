// What was before and what came after: the versions of a parcel and its lineage.
import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Descent, Parcel, Version } from "../api/answer";
import { useHistory } from "../api/queries";
import { useWrite } from "../numbers";
import { dayBefore } from "../planes";

export function HistoryOf({ parcel, date }: { parcel: Parcel; date: string }) {
  const { t } = useTranslation();
  const history = useHistory(parcel.id);
  const from = history.data?.lineage.filter((d) => d.successor === parcel.id) ?? [];
  const to = history.data?.lineage.filter((d) => d.predecessor === parcel.id) ?? [];
  const versions = [...(history.data?.versions ?? [])].sort((a, b) => b.validFrom.localeCompare(a.validFrom));
  return (
    <section className="panel history" aria-labelledby="history">
      <h2 id="history">{t("history.heading")}</h2>
      {history.isPending && <Skeleton h={60} />}
      {history.isError && <Text>{t("history.failed")}</Text>}
      {history.data && versions.length + from.length + to.length <= 1 && <Text c="dimmed">{t("history.none")}</Text>}
      <ol>
        {to.map((d) => <Line key={d.successor} descent={d} other={d.successor} what={t("history.to")} />)}
        {versions.map((v) => <VersionLine key={v.validFrom + v.sheet + v.number} version={v} parcel={parcel} date={date} />)}
        {from.map((d) => <Line key={d.predecessor} descent={d} other={d.predecessor} what={t("history.from")} />)}
      </ol>
    </section>
  );
}

function VersionLine({ version, parcel, date }: { version: Version; parcel: Parcel; date: string }) {
  const { t } = useTranslation();
  const write = useWrite();
  const link = useLink({ by: "id", id: parcel.id, date: version.validFrom });
  const shown = version.validFrom <= date && (!version.validTo || date < version.validTo);
  const range = version.validTo
    ? t("parcel.validFromTo", { from: write.day(version.validFrom), to: write.day(version.validTo) })
    : t("parcel.validFrom", { from: write.day(version.validFrom) });
  const area = version.registeredArea ?? version.measuredArea;
  return (
    <li className={shown ? "shown" : undefined}>
      <b>{range}</b>
      <span>
        {[t("parcel.sheetNumber", { ...version }), version.ward?.name, area !== undefined && `${write.area(area)} m²`, version.landUse.join("+")].filter(Boolean).join(" · ")}
      </span>
      {shown ? <small>{t("history.current")}</small> : <a {...link}>{t("history.see")}</a>}
    </li>
  );
}

function Line({ descent, other, what }: { descent: Descent; other: string; what: string }) {
  const { t } = useTranslation();
  const write = useWrite();
  // A predecessor is looked at on its last day, a successor on its first.
  const day = descent.predecessor === other ? dayBefore(descent.date) : descent.date;
  const link = useLink({ by: "id", id: other, date: day });
  return (
    <li className="descent">
      <b>{what}</b> <a {...link}>{t("history.parcel", { id: other })}</a>
      <span>{t(`history.kind.${descent.kind}`)} {t("history.on", { date: write.day(descent.date) })}</span>
    </li>
  );
}
