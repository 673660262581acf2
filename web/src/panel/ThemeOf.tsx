// One theme of an extract: what lies on the parcel, what is not known, and behind a tap the law.
import { useTranslation } from "react-i18next";
import { useWrite, type Write } from "../numbers";
import { Behind } from "./Behind";
import type { Extract, Provision, Restriction, Share, Theme } from "./extract";
import { UnknownIcon } from "./signs";

/** Square metres as they come, with more decimals where there is little. */
function squareMetres(m2: string, write: Write): string {
  const value = Number(m2);
  return value > 0 && value < 0.1 ? write.fixed(value, 4) : write.area(value);
}

export function ThemeOf({ theme, extract }: { theme: Theme; extract: Extract }) {
  if (theme.concern === "notConcerned" && theme.contacts.length === 0 && theme.gaps.length === 0) {
    return <Behind closedOnPaper summary={<span className="theme">{theme.title}</span>}>{() => <Layers theme={theme} />}</Behind>;
  }
  const lies = theme.restrictions.length + theme.contacts.length > 0;
  return (
    <>
      <p className="theme">{theme.title}</p>
      {theme.restrictions.map((one, i) => <Lies key={i} restriction={one} extract={extract} />)}
      {theme.contacts.map((one, i) => <Lies key={i} restriction={one} extract={extract} contact />)}
      {theme.gaps.map((gap, i) => (
        <p key={i} className="gap"><UnknownIcon /> <span>{gap.text}{!gap.share.whole && <small><ShareOf share={gap.share} extract={extract} /></small>}</span></p>
      ))}
      {!lies && theme.layers.length > 0 && <Behind summary={<AskedWhere />}>{() => <Layers theme={theme} />}</Behind>}
    </>
  );
}

function AskedWhere() {
  const { t } = useTranslation();
  return <span>{t("applies.asked")}</span>;
}

function useShareText(share: Share, extract: Extract): string {
  const { t } = useTranslation();
  const write = useWrite();
  const percent = (value: string) => write.fixed(Number(value), 1);
  const told = { m2: squareMetres(share.m2, write), percent: percent(share.percentOfMeasured) };
  const registered = share.percentOfRegistered;
  // Both are told where they differ by more than surveys may.
  return extract.areas.differ && registered
    ? t("applies.shareOfBoth", { ...told, registered: percent(registered) })
    : t("applies.share", told);
}

/** Something that lies on the parcel, or touches it by less than can be told from nothing. */
function Lies({ restriction, extract, contact = false }: { restriction: Restriction; extract: Extract; contact?: boolean }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { share, lengthMm, count, widthMm, lawStatus } = restriction;
  return (
    <div className="lies">
      <p className="legend-of">{restriction.legend}</p>
      <p className="much">
        {share && <b><ShareOf share={share} extract={extract} /></b>}
        {lengthMm != null && <b>{t("applies.length", { m: write.fixed(lengthMm / 1000, 2) })}</b>}
        {count != null && <b>{t("applies.points", { count })}</b>}
        {contact && <span> · {t("applies.contact", { mm: write.fixed(widthMm ?? 0, 0) })}</span>}
      </p>
      <Indices restriction={restriction} extract={extract} />
      <Behind summary={<><span className={lawStatus === "in_force" ? "status" : "status not-yet"}>{t(`applies.status.${lawStatus}`)}</span> <span>{t("applies.law")}</span></>}>{() => (
        <dl className="law">
          <div><dt>{t("applies.rests")}</dt><dd><Provisions provisions={restriction.provisions} /></dd></div>
          <div><dt>{t("applies.office")}</dt><dd>{restriction.office.name ?? restriction.office.code}</dd></div>
          <div><dt>{t("applies.accuracy")}</dt><dd>{t("applies.metres", { m: write.fixed(restriction.accuracyMm / 1000, 2) })}</dd></div>
          <div><dt>{t("applies.upTo")}</dt><dd>{write.day(restriction.asOf)}</dd></div>
          <div><dt>{t("applies.since")}</dt><dd>{write.day(restriction.validFrom)}</dd></div>
        </dl>
      )}</Behind>
    </div>
  );
}

function ShareOf({ share, extract }: { share: Share; extract: Extract }) {
  return useShareText(share, extract);
}

/** The law as links where there are texts to go to. */
function Provisions({ provisions }: { provisions: Provision[] }) {
  const { t } = useTranslation();
  const write = useWrite();
  if (provisions.length === 0) return t("applies.noLaw");
  return (
    <ul className="plain">
      {provisions.map((one, i) => {
        const name = [one.article, one.act].filter(Boolean).join(", ");
        return <li key={i}>{one.link ? <a href={one.link} rel="noreferrer">{name}</a> : name}{one.dated && <small>{write.day(one.dated)}</small>}</li>;
      })}
    </ul>
  );
}

/** The indices of a plan unit, and what a red line leaves of the parcel. */
function Indices({ restriction, extract }: { restriction: Restriction; extract: Extract }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { zoning, detailedPlan, localAdjustments, rightOfWay } = extract.planning;
  const units = [zoning, detailedPlan, localAdjustments].flatMap((plan) => plan.units ?? []);
  const unit = units.find((one) => one.layer === restriction.layer && restriction.legend.startsWith(`${one.code}:`));
  // A zoning plan tells the coverage of its unit and bounds that of no lot in it.
  const isZoning = unit !== undefined && (zoning.units ?? []).includes(unit);
  const number = (value: string | number | null | undefined, decimals: number) => value == null ? undefined : write.fixed(Number(value), decimals);
  const told: (string | false)[] = unit ? [
    unit.storeysMax != null && t("applies.storeys", { n: number(unit.storeysMax, 0) }),
    unit.heightMaxMm != null && t("applies.height", { m: number(unit.heightMaxMm / 1000, 1) }),
    unit.coverageMaxPercent != null && t(isZoning ? "applies.coverageOfUnit" : "applies.coverage", { percent: number(unit.coverageMaxPercent, 0) }),
    unit.floorAreaRatioMax != null && t("applies.ratio", { times: number(unit.floorAreaRatioMax, 2) }),
  ] : [
    restriction.kind.startsWith("right_of_way") && rightOfWay.leftM2 != null && t("applies.left", { m2: squareMetres(rightOfWay.leftM2, write) }),
  ];
  const shown = told.filter(Boolean);
  return shown.length > 0 && <p className="indices">{shown.join(" · ")}</p>;
}

/** Which layers were asked, how exact and how old they are. */
function Layers({ theme }: { theme: Theme }) {
  const { t } = useTranslation();
  const write = useWrite();
  return (
    <>
      {theme.restricts && <p className="restricts">{t("applies.wouldRestrict", { what: theme.restricts })}</p>}
      <ul className="plain">
        {theme.layers.map((layer) => (
          <li key={layer.code}>{layer.title}<small>{t("applies.layer", { accuracy: write.fixed(layer.accuracyMm / 1000, 2), date: write.day(layer.asOf), office: layer.office.name ?? layer.office.code })}</small><Provisions provisions={layer.provisions} /></li>
        ))}
      </ul>
    </>
  );
}
