// All together in one line, which is read out when it changes.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { FailIcon, FreeIcon, OfficerIcon, UnknownIcon } from "../panel/signs";
import type { Check } from "./check";
import type { Drawn } from "./drawn";
import { STANDING } from "./Verdicts";

const SIGNS: Record<string, () => React.ReactNode> = { may_proceed: FreeIcon, may_not: FailIcon, officer_decides: OfficerIcon };

/** How many verdicts, with the place on the lot, came out in a way. */
export const countOf = ({ verdicts, standing }: Check, outcome: string) =>
  verdicts.filter((verdict) => verdict.outcome === outcome).length + (standing.outcome === outcome ? 1 : 0);

/** An answer about what is no longer drawn stands no longer than this. */
const STALE_MS = 500;

/** Whether what is shown is about something else than what is drawn, for longer than a moment. */
function useStale({ asked, answered }: Drawn): boolean {
  const [stale, setStale] = useState(false);
  const behind = asked !== answered;
  useEffect(() => {
    if (!behind) return undefined;
    // A pull asks all the time; the clock runs from the first question without an answer.
    const rest = setTimeout(() => setStale(true), STALE_MS);
    return () => {
      clearTimeout(rest);
      setStale(false);
    };
  }, [behind, answered]);
  return behind && stale;
}

/** The first that stands against a house or has to be looked into, and where it stands below. */
function whyOf({ total, standing, verdicts, open, permit }: Check): { text: string; places: string[] } | undefined {
  if (total === "may_proceed") return undefined;
  const stands = (outcome: string) => standing.outcome === outcome && { text: standing.text, places: [`[data-quantity="${STANDING}"]`, `.group.${outcome}`] };
  const judged = (outcome: string) => {
    const first = verdicts.find((verdict) => verdict.outcome === outcome);
    return first && { text: `${first.quantityText}: ${first.outcomeText.toLowerCase()}`, places: [`[data-quantity="${first.quantity}"]`, `.group.${outcome}`] };
  };
  const told = open[0] && { text: open[0].text, places: [".permit .open"] };
  const unclear = !permit.path ? { text: permit.pathText, places: [".permit"] } : !permit.office && { text: permit.officeText, places: [".permit"] };
  const first = total === "may_not" ? stands("fail") || judged("fail")
    : stands("marginal") || stands("unknown") || told || judged("marginal") || unclear || judged("unknown");
  return first || { text: permit.pathText, places: [".permit"] };
}

/** Goes to the first of some places below that is there: what is behind a tap is not. */
function goTo(places: string[]): void {
  const found = places.map((place) => document.querySelector<HTMLElement>(`.drawing-house ${place}`)).find((place) => place !== null);
  found?.scrollIntoView({ block: "center" });
  const target = found?.querySelector<HTMLElement>("summary, input, a") ?? found;
  if (target && target === found) target.tabIndex = -1;
  target?.focus({ preventScroll: true });
}

export function Total({ state }: { state: Drawn }) {
  const { t } = useTranslation();
  const { answer, problem, ring, faults } = state;
  const stale = useStale(state);
  const total = ring && !problem && !stale ? answer?.total : undefined;
  const Sign = SIGNS[total ?? ""] ?? UnknownIcon;
  const why = total && answer ? whyOf(answer) : faults.length > 0 && ring ? { text: t("house.toFault"), places: [".number-field:has(.wrong)"] } : undefined;
  const counts = total && answer ? (["fail", "marginal", "unknown"] as const).map((outcome) => [outcome, countOf(answer, outcome)] as const).filter(([, count]) => count > 0) : [];
  return (
    <div className={`total ${total ?? "untold"}`} data-total={total}>
      <Sign />
      <div>
        <p role="status" className="total-text">{total ? `${t(`house.total.${total}`)}` : problem ? t("house.refused") : t(!ring ? "house.nothing" : faults.length > 0 ? "house.incomplete" : "house.asking")}</p>
        {total && <p className="counts">{counts.length > 0 ? counts.map(([outcome, count]) => t(`house.count.${outcome}`, { count })).join(" · ") : total === "may_proceed" ? t("house.allPass") : t("house.passBut")}</p>}
        {why && <button type="button" className="why" onClick={() => goTo(why.places)}>{why.text}</button>}
        {problem instanceof Problem && <p className="counts">{problem.passes ? t(`failure.${problem.sentence}`) : problem.detail}</p>}
      </div>
    </div>
  );
}
