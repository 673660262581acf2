// Nothing found: why, and what to try.
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Nothing, Suggestion } from "../api/answer";
import { AskIcon, AwayIcon, BlankIcon, RoadIcon, WaterIcon } from "./icons";
import { fullName } from "./Understood";

const KNOWN = ["outsideCity", "onRoad", "onWater", "withoutData", "noParcel", "unknownWard", "wardElsewhere", "notFormer", "districtMissing", "wardMissing", "sheetMissing", "numberMissing", "unknownKey", "keyIncomplete", "severalKeys", "address", "notUnderstood"] as const;
type Reason = (typeof KNOWN)[number];

const ICONS: Record<Reason, () => React.ReactNode> = {
  outsideCity: AwayIcon, onRoad: RoadIcon, onWater: WaterIcon, withoutData: BlankIcon,
  noParcel: BlankIcon, unknownWard: AskIcon, wardElsewhere: AskIcon, notFormer: AskIcon, districtMissing: AskIcon,
  wardMissing: AskIcon, sheetMissing: AskIcon, numberMissing: AskIcon, unknownKey: AskIcon, keyIncomplete: AskIcon, severalKeys: AskIcon, address: AskIcon, notUnderstood: AskIcon,
};

interface Told {
  nothing: Nothing;
  date: string | undefined;
  /** Whether the wards to choose from stand above already. */
  chosenAbove: boolean;
}

export function NothingHere({ nothing, date, chosenAbove }: Told) {
  const { t } = useTranslation();
  const reason = KNOWN.find((known) => known === nothing.reason) ?? "noParcel";
  const Icon = ICONS[reason];
  const choices = chosenAbove ? [] : (nothing.choices ?? []);
  const chooses = (reason === "unknownWard" || reason === "address") && choices.length > 0;
  const more = chooses ? (`${reason}Choose` as const) : (`${reason}More` as const);
  const named = (reason === "onRoad" || reason === "onWater") && nothing.name;
  return (
    <section className={`nothing ${reason}`}>
      <span className="sign"><Icon /></span>
      <h1>{named ? t(`nothing.${reason}Named`, { name: nothing.name }) : t(`nothing.${reason}`)}</h1>
      {nothing.ward && <p>{t("nothing.inWard", { ward: fullName(nothing.ward) })}</p>}
      <p>{nothing.likelyCause ?? t(`nothing.${more}`)}</p>
      {choices.length > 0 && (
        <ul className="candidates">{choices.map((choice) => <Choice key={choice.q} choice={choice} date={date} />)}</ul>
      )}
    </section>
  );
}

function Choice({ choice: { label, became, q }, date }: { choice: Suggestion; date: string | undefined }) {
  const link = useLink({ by: "text", q, ...(date ? { date } : {}) });
  return (
    <li>
      <a {...link} className="candidate">
        <strong>{label}</strong>
        {became.length > 0 && <span>→ {became.join(", ")}</span>}
      </a>
    </li>
  );
}
