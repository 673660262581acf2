// What the drawing in space shows, and what it does not say.
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import type { Drawn } from "./drawn";
import type { Envelope } from "./envelope";
import { heightOf, topOf } from "./solid";

export function Space({ state, levels }: { state: Drawn; levels: Envelope["levels"] }) {
  const { t } = useTranslation();
  const write = useWrite();
  const open = levels.find((level) => level.toM == null);
  const says = [
    t(levels.length > 0 ? "house.space.shows" : "house.space.untold"),
    open && t("house.space.open", { m: write.fixed(topOf(open), 0) }),
    state.ring && t(heightOf(state) === undefined ? "house.space.noHeight" : "house.space.house"),
  ];
  return <p className="means no-print" role="status">{says.filter(Boolean).join(" ")}</p>;
}
