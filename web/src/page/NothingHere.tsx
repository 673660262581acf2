// Nothing found: why, and what to try.
import { useTranslation } from "react-i18next";
import type { Nothing } from "../api/answer";
import { AskIcon, AwayIcon, BlankIcon, RoadIcon, WaterIcon } from "./icons";

const KNOWN = ["outsideCity", "onRoad", "onWater", "withoutData", "noParcel", "unknownWard", "wardMissing", "unknownKey", "keyIncomplete", "notUnderstood"] as const;
type Reason = (typeof KNOWN)[number];

const ICONS: Record<Reason, () => React.ReactNode> = {
  outsideCity: AwayIcon, onRoad: RoadIcon, onWater: WaterIcon, withoutData: BlankIcon,
  noParcel: BlankIcon, unknownWard: AskIcon, wardMissing: AskIcon, unknownKey: AskIcon, keyIncomplete: AskIcon, notUnderstood: AskIcon,
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
    </section>
  );
}
