// What each rule says: what is required, what was found, by how much it is missed, and the law.
import { useTranslation } from "react-i18next";
import { useWrite, type Write } from "../numbers";
import { Behind } from "../panel/Behind";
import { ApartIcon, FailIcon, FreeIcon, MarginalIcon, OfficerIcon, UnknownIcon } from "../panel/signs";
import type { Bound, Check, Verdict } from "./check";
import { show, type Drawn } from "./drawn";
import { sourceOf, unitOf, wordOf, type Fact } from "./known";

const OUTCOMES = ["fail", "marginal", "unknown", "pass", "not_applicable"] as const;
const SIGNS: Record<string, () => React.ReactNode> = { fail: FailIcon, marginal: MarginalIcon, unknown: UnknownIcon, pass: FreeIcon, not_applicable: ApartIcon };
/** The name under which the place on the lot is shown on the map. */
export const STANDING = "standing";

export function Verdicts({ state, answer }: { state: Drawn; answer: Check }) {
  const { t } = useTranslation();
  return (
    <>
      <Permit answer={answer} />
      <section className="verdicts" aria-labelledby="verdicts">
        <h3 id="verdicts">{t("house.verdicts")}</h3>
        {OUTCOMES.map((outcome) => <Group key={outcome} outcome={outcome} state={state} answer={answer} />)}
      </section>
      <Known answer={answer} />
    </>
  );
}

/** Verdicts of one outcome; what passes or does not apply is behind a tap. */
function Group({ outcome, state, answer }: { outcome: (typeof OUTCOMES)[number]; state: Drawn; answer: Check }) {
  const { t } = useTranslation();
  const verdicts = answer.verdicts.filter((verdict) => verdict.outcome === outcome);
  const stands = answer.standing.outcome === outcome;
  const count = verdicts.length + (stands ? 1 : 0);
  if (count === 0) return null;
  const list = () => (
    <ul>
      {stands && <li className={`verdict ${outcome}`} data-quantity={STANDING}><Standing answer={answer} /></li>}
      {verdicts.map((verdict) => (
        <li key={verdict.quantity} className={`verdict ${outcome}`} data-quantity={verdict.quantity} data-shown={state.shown === verdict.quantity || undefined}>
          <One verdict={verdict} answer={answer} />
        </li>
      ))}
    </ul>
  );
  const heading = t(`house.group.${outcome}`, { count });
  return outcome === "fail" || outcome === "marginal"
    ? <section className={`group ${outcome}`} aria-label={heading}><h4>{heading}</h4>{list()}</section>
    : <Behind className={`group ${outcome}`} summary={<h4>{heading}</h4>} opened={outcome === "unknown" && count <= 4} closedOnPaper={outcome === "not_applicable"}>{list}</Behind>;
}

function Sign({ outcome, text }: { outcome: string; text: string }) {
  const Icon = SIGNS[outcome] ?? UnknownIcon;
  return <span className={`word ${outcome}`}><Icon /> {text}</span>;
}

function Standing({ answer: { standing } }: { answer: Check }) {
  const { t } = useTranslation();
  const write = useWrite();
  return (
    <p className="standing">
      <Sign outcome={standing.outcome} text={t(`house.outcome.${standing.outcome}`)} /> <b>{standing.text}</b>
      {standing.beyondM2 && <span>{t("house.beyond", { m2: write.fixed(Number(standing.beyondM2), Number(standing.beyondM2) < 0.1 ? 4 : 2) })}</span>}
    </p>
  );
}

const decimals = (value: string, most = 3) => Math.min(most, value.split(".")[1]?.length ?? 0);

function useAmount(): (value: string, unit: string | null | undefined, fine?: number) => string {
  const { t } = useTranslation();
  const write = useWrite();
  return (value, unit, fine = decimals(value)) => `${write.fixed(Number(value), fine)} ${t(`units.${unit ?? "none"}`)}`.trim();
}

/** What is required, in words. */
function useBound(answer: Check): (bound: Bound, missing: readonly string[]) => string {
  const { t } = useTranslation();
  const amount = useAmount();
  return (bound, missing) => {
    switch (bound.kind) {
      case "number": return t(`house.sense.${bound.sense}`, { amount: amount(bound.value ?? "", bound.unit) });
      case "path": return answer.permit.pathText;
      case "office": return answer.permit.officeText;
      case "unknown": return missing.length > 0 ? t("house.lacking", { what: missing.join("; ") }) : t("house.bound.unknown");
      case "words": return bound.value ?? "";
      default: return t(`house.bound.${bound.kind}`);
    }
  };
}

/** Decimals with which a found value does not look like the bound that it is not. */
function fineness(found: string, { value }: Bound): number {
  const usual = decimals(found);
  const looksAlike = value != null && Number(found) !== Number(value) && Number(found).toFixed(usual) === Number(value).toFixed(usual);
  return looksAlike ? decimals(found, 4) : usual;
}

/** By how much a bound is missed. */
function missedBy({ found, required, outcome }: Verdict, write: Write): string | undefined {
  const [is, must] = [Number(found), Number(required.value)];
  if (outcome !== "fail" || required.kind !== "number" || found == null || !Number.isFinite(is) || !Number.isFinite(must)) return undefined;
  return write.fixed(Math.abs(is - must), Math.max(fineness(found, required), decimals(required.value ?? "")));
}

function One({ verdict, answer }: { verdict: Verdict; answer: Check }) {
  const { t } = useTranslation();
  const write = useWrite();
  const amount = useAmount();
  const bound = useBound(answer);
  const { found, unit, quantityText, required } = verdict;
  const missed = missedBy(verdict, write);
  const apart = verdict.outcome === "not_applicable";
  // Rules that say nothing here are told only where no other speaks.
  const speaking = verdict.rules.filter(({ role }) => role !== "apart" && role !== "sets_none");
  // The number is that of a stricter cap, where there is one.
  const named = (wanted: string) => verdict.rules.filter(({ role, bound: own }) => role === wanted && own.value === required.value);
  const capping = named("caps");
  const governing = (capping.length > 0 ? capping : named("governs")).map(({ title }) => title);
  const rules = speaking.length > 0 ? speaking : verdict.rules;
  const word = found === "none" ? t("house.absent") : found != null && Number.isFinite(Number(found)) && unit ? amount(found, unit, fineness(found, required)) : found;
  return (
    <Behind onOpened={(open) => show(open && verdict.witness ? verdict.quantity : undefined)} summary={
      <span className="verdict-line">
        <Sign outcome={verdict.outcome} text={verdict.outcomeText} />
        <b>{quantityText}</b>
        <span className="numbers">
          {!apart && <span>{t("house.required")} <b>{bound(required, verdict.missingText)}</b></span>}
          {!apart && governing.length > 0 && <span className="governs">{t("house.by", { rules: governing.join("; ") })}</span>}
          {word != null && <span>{t("house.found")} <b>{word}</b></span>}
          {missed && <span>{t(required.sense === "at_least" || required.sense === "more_than" ? "house.short" : "house.over", { amount: `${missed} ${t(`units.${required.unit ?? "none"}`)}` })}</span>}
        </span>
      </span>
    }>{() => (
      <div className="rules">
        {verdict.restsOnUnconfirmed && <p className="gap"><UnknownIcon /> <span>{t("house.unconfirmed")}</span></p>}
        <ul>
          {rules.map((rule) => {
            const cited = [rule.article, rule.act].filter(Boolean).join(", ");
            return (
              <li key={`${rule.pack} ${rule.rule}`}>
                <b>{rule.title}</b>
                <span>{bound(rule.bound, [])} · {t(`house.role.${rule.role}`)}</span>
                <small>{rule.link ? <a href={rule.link} rel="noreferrer">{cited}</a> : cited} · {t(`house.confidence.${rule.confidence}`)}</small>
              </li>
            );
          })}
        </ul>
      </div>
    )}</Behind>
  );
}

/** Which permit and which office, and what an officer has to look into. */
function Permit({ answer: { permit, open } }: { answer: Check }) {
  const { t } = useTranslation();
  return (
    <section className="permit" aria-label={t("house.permit")}>
      <dl className="law">
        <div><dt>{t("house.permit")}</dt><dd>{permit.path ? permit.pathText : <span className="gap"><UnknownIcon /> <span>{permit.pathText}</span></span>}</dd></div>
        <div><dt>{t("house.office")}</dt><dd>{permit.office ? permit.officeText : <span className="gap"><UnknownIcon /> <span>{permit.officeText}</span></span>}</dd></div>
        {permit.otherReadings.map((one) => <div key={`${one.pack} ${one.rule}`}><dt>{t("house.otherReading")}</dt><dd>{one.officeText}<small>{[one.article, one.act].filter(Boolean).join(", ")}</small></dd></div>)}
      </dl>
      {open.length > 0 && <ul className="open">{open.map((one, i) => <li key={i} className="gap"><OfficerIcon /> <span>{one.text}</span></li>)}</ul>}
    </section>
  );
}

/** What is known of lot and house, and where from. */
function Known({ answer }: { answer: Check }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { facts, site } = answer;
  const say = (fact: Fact, value: string) => {
    const unit = unitOf(fact.parameter);
    switch (true) {
      case value === "none": return t("house.absent");
      case value === "true": return t("house.yes");
      case value === "false": return t("house.no");
      // As fine as rules judge it: 2.9995 m is less than 3.
      case unit !== undefined && Number.isFinite(Number(value)): return `${write.fixed(Number(value), decimals(String(Number(value)), 4))} ${t(`units.${unit}`)}`;
      default: return wordOf(answer, fact) ?? t(`house.words.${value}`, { defaultValue: value });
    }
  };
  return (
    <Behind className="group known" summary={<h4>{t("house.known", { m2: write.area(Number(site.lotAreaM2)) })}</h4>}>{() => (
      <dl className="law facts-known">
        {facts.map((fact) => (
          <div key={fact.parameter}>
            <dt>{fact.text}</dt>
            <dd>{fact.value == null ? <span className="gap"><UnknownIcon /> <span>{fact.reason}</span></span> : <>{say(fact, fact.value)}<small>{t(`house.origin.${sourceOf(fact)}`)}</small></>}</dd>
          </div>
        ))}
      </dl>
    )}</Behind>
  );
}
