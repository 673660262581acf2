// Nothing found: why, and what to try.
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Nothing, Suggestion } from "../api/answer";
import { AskIcon, AwayIcon, BlankIcon, RoadIcon, WaterIcon } from "./icons";

const KNOWN = ["outsideCity", "onRoad", "onWater", "withoutData", "noParcel", "unknownWard", "wardElsewhere", "districtMissing", "wardMissing", "sheetMissing", "numberMissing", "unknownKey", "keyIncomplete", "severalKeys", "notUnderstood"] as const;
type Reason = (typeof KNOWN)[number];

const ICONS: Record<Reason, () => React.ReactNode> = {
  outsideCity: AwayIcon, onRoad: RoadIcon, onWater: WaterIcon, withoutData: BlankIcon,
  noParcel: BlankIcon, unknownWard: AskIcon, wardElsewhere: AskIcon, districtMissing: AskIcon,
  wardMissing: AskIcon, sheetMissing: AskIcon, numberMissing: AskIcon, unknownKey: AskIcon, keyIncomplete: AskIcon, severalKeys: AskIcon, notUnderstood: AskIcon,
};

export function NothingHere({ nothing }: { nothing: Nothing }) {
  const { t } = useTranslation();
  const reason = KNOWN.find((known) => known === nothing.reason) ?? "noParcel";
  const Icon = ICONS[reason];
  const named = (reason === "onRoad" || reason === "onWater") && nothing.name;
  return (
    <section className={`nothing ${reason}`}>
      <span className="sign"><Icon /></span>
      <h1>{named ? t(`nothing.${reason}Named`, { name: nothing.name }) : t(`nothing.${reason}`)}</h1>
      {nothing.ward && <p>{t("nothing.inWard", { ward: nothing.ward.name })}</p>}
      <p>{nothing.likelyCause ?? t(`nothing.${reason}More`)}</p>
      {nothing.choices && (
        <ul className="candidates">{nothing.choices.map((choice) => <Choice key={choice.q} {...choice} />)}</ul>
      )}
    </section>
  );
}

function Choice({ label, became, q }: Suggestion) {
  const link = useLink({ by: "text", q });
  return (
    <li>
      <a {...link} className="candidate">
        <strong>{label}</strong>
        {became.length > 0 && <span>→ {became.join(", ")}</span>}
      </a>
    </li>
  );
}
