// The typed lengths of a rectangle beside the front of the lot.
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import { step, type Drawn } from "./drawn";
import { isRectangle, lengthsOf, rectangle, type Lengths } from "./frame";
import { NumberField } from "./NumberField";
import { areaM2 } from "./plane";

const NAMES = ["width", "depth", "fromFront", "fromSide"] as const;

export function Rectangle({ state }: { state: Drawn }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { lot, frame, ring, answer } = state;
  if (!lot || !frame) return null;
  const lengths: Lengths = ring ? lengthsOf(frame, lot, ring) : { width: 0, depth: 0, fromFront: 0, fromSide: 0 };
  const straight = ring !== undefined && isRectangle(frame, ring);
  const type = (name: keyof Lengths, metres: number | undefined) => {
    if (metres === undefined) return;
    const rounded = Object.fromEntries(NAMES.map((own) => [own, Math.round(lengths[own])])) as unknown as Lengths;
    const next = rectangle(frame, lot, { ...rounded, [name]: Math.round(metres * 1000) });
    if (next) step({ ring: next }, name);
  };
  // The same length that the rule about it judges.
  const behind = answer?.verdicts.find(({ quantity }) => quantity === "setback/rear")?.found;
  return (
    <fieldset className="lengths">
      <legend>{t("house.lengths")}</legend>
      {NAMES.map((name) => (
        <NumberField key={name} label={t(`house.length.${name === "fromFront" && !frame.fronts ? "fromEdge" : name}`)} unit="m" decimals={3} least={name === "fromSide" || name === "fromFront" ? -1_000 : 0}
          beyond={name === "width" || name === "depth"} required={ring !== undefined} partOfHouse={name}
          value={ring ? Math.round(lengths[name]) / 1000 : undefined} onValue={(metres) => type(name, metres)} />
      ))}
      <p className="means">
        {ring && t("house.measures", { m2: write.fixed(areaM2(ring), 2) })}
        {ring && behind != null && Number.isFinite(Number(behind)) && <> {t("house.measuredBehind", { behind: write.fixed(Number(behind), 2) })}</>}
        {ring && !straight && <> {t("house.notStraight")}</>}
        {!frame.fronts && <> {t("house.noFront")}</>}
      </p>
    </fieldset>
  );
}
