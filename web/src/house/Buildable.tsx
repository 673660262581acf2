// What may be built in words: how high, how much, and what makes each face of it.
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import { Behind } from "../panel/Behind";
import { FreeIcon, FailIcon, UnknownIcon } from "../panel/signs";
import type { Drawn } from "./drawn";
import { useEnvelope } from "./envelope";
import { Added } from "./Added";

const SIGNS: Record<string, () => React.ReactNode> = { known: FreeIcon, nothing: FailIcon, unknown: UnknownIcon };
const WORDS: Record<string, string> = { known: "pass", nothing: "fail", unknown: "unknown" };

export function Buildable({ state, date }: { state: Drawn; date: string | undefined }) {
  const { t } = useTranslation();
  const write = useWrite();
  const envelope = useEnvelope(state, date);
  if (!envelope) return null;
  const Sign = SIGNS[envelope.extent] ?? UnknownIcon;
  const number = (value: string) => write.fixed(Number(value), value.includes(".") ? 2 : 0);
  const greatest = (["storeys", "footprint", "floors"] as const).flatMap((name) => (envelope[name] ? [[name, envelope[name]] as const] : []));
  return (
    <section className="buildable" aria-labelledby="buildable" data-extent={envelope.extent}>
      <h3 id="buildable">{t("house.buildable")}</h3>
      <p className={`word ${WORDS[envelope.extent] ?? "unknown"}`}><Sign /> {envelope.extentText}</p>
      {envelope.missing.length > 0 && (
        <Behind className="group" summary={<h4>{t("house.missing", { count: envelope.missing.length })}</h4>}>{() => (
          <ul className="plain">{envelope.missing.map((one, i) => <li key={i} className="gap"><UnknownIcon /> <span>{one.text}</span></li>)}</ul>
        )}</Behind>
      )}
      {greatest.length > 0 && (
        <dl className="law">
          {greatest.map(([name, { value, text }]) => (
            <div key={name}><dt>{t(`house.greatest.${name}`)}</dt><dd><b>{number(value)} {t(name === "storeys" ? "units.storeys" : "units.m2")}</b><small>{text}</small></dd></div>
          ))}
        </dl>
      )}
      <Added envelope={envelope} />
      {envelope.levels.map((level, i) => (
        <Behind key={i} className="group" summary={<h4>{level.toM == null
          ? t("house.levelOpen", { from: number(level.fromM), m2: write.area(Number(level.areaM2)) })
          : t("house.level", { from: number(level.fromM), to: number(level.toM), m2: write.area(Number(level.areaM2)) })}</h4>}>{() => (
          <ul className="plain">{level.faces.map((face, k) => <li key={k}>{face.text}{Number(face.distanceM) >= 0.01 && <small>{" "}{t("house.keeps", { m: write.fixed(Number(face.distanceM), 2) })}</small>}</li>)}</ul>
        )}</Behind>
      ))}
    </section>
  );
}
