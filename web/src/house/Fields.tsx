// What is told of a house: its sizes, and what the rules ask for, as the server words it.
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import { Behind } from "../panel/Behind";
import { SIZES, TOLD_BY_SIZES, type Ask } from "./check";
import { step, type Drawn } from "./drawn";
import { NumberField } from "./NumberField";
import { areaM2 } from "./plane";

/** What is asked before all else. */
const FIRST = ["building_kind", "development", "work", "applicant"];
const UNITS = { storeys: "storeys", basements: "storeys", floorOneHeightM: "m", heightAtBuildingLineM: "m", ridgeHeightM: "m", floorAreaM2: "m2" } as const;

export function Fields({ state }: { state: Drawn }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { fields, asks, ring } = state;
  const say = (name: string, value: string | undefined) => {
    const { [name]: _, ...rest } = fields;
    step({ fields: value === undefined || value === "" ? rest : { ...rest, [name]: value } }, name);
  };
  const asked = asks.filter(({ parameter }) => !TOLD_BY_SIZES.includes(parameter));
  const first = FIRST.flatMap((name) => asked.find(({ parameter }) => parameter === name) ?? []);
  const more = asked.filter(({ parameter }) => !FIRST.includes(parameter));
  const open = more.filter(({ parameter }) => fields[parameter] === undefined);
  const storeys = Number(fields.storeys ?? 0);
  const floors = ring && storeys > 0 ? Math.ceil(areaM2(ring) * storeys * 100) / 100 : undefined;
  return (
    <>
      <fieldset className="told">
        <legend>{t("house.told")}</legend>
        {first.map((ask) => <AskField key={ask.parameter} ask={ask} value={fields[ask.parameter]} onValue={(value) => say(ask.parameter, value)} />)}
        {SIZES.map((name) => (
          <div key={name} className="size">
            <NumberField label={t(`house.size.${name}`)} unit={t(`units.${UNITS[name]}`)} decimals={UNITS[name] === "storeys" ? 0 : 3} partOfHouse={name}
              value={fields[name] === undefined ? undefined : Number(fields[name])} onValue={(value) => say(name, value === undefined ? undefined : String(value))} />
            {name === "floorAreaM2" && floors !== undefined && fields.floorAreaM2 !== String(floors) && (
              <button type="button" className="plain-button no-print" onClick={() => say(name, String(floors))}>{t("house.allFloors", { m2: write.area(floors) })}</button>
            )}
          </div>
        ))}
      </fieldset>
      {more.length > 0 && (
        <Behind className="asks" summary={<span>{t("house.more", { count: open.length })}</span>}>{() => (
          <fieldset className="told">
            <legend className="means">{t("house.moreMeans")}</legend>
            {more.map((ask) => <AskField key={ask.parameter} ask={ask} value={fields[ask.parameter]} onValue={(value) => say(ask.parameter, value)} />)}
          </fieldset>
        )}</Behind>
      )}
    </>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** One parameter: a choice of words, or a number which may also be known not to be there. */
function AskField({ ask, value, onValue }: { ask: Ask; value: string | undefined; onValue: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const label = capital(ask.text);
  const waiting = ask.waiting > 0 ? t("house.waiting", { count: ask.waiting }) : undefined;
  if (ask.sort === "number") {
    const none = ask.choices.find((choice) => choice.value === "none");
    return (
      <div className="size">
        <NumberField label={label} unit={t(`units.${ask.unit ?? "none"}`)} decimals={ask.unit === "storeys" ? 0 : 3} hint={waiting} partOfHouse={ask.parameter}
          value={value === undefined || value === "none" ? undefined : Number(value)} onValue={(number) => onValue(number === undefined ? undefined : String(number))} />
        {none && <label className="tick"><input type="checkbox" checked={value === "none"} onChange={(event) => onValue(event.currentTarget.checked ? "none" : undefined)} /> {capital(none.text)}</label>}
      </div>
    );
  }
  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      {ask.sort === "code"
        ? <input id={id} className="box" value={value ?? ""} onChange={(event) => onValue(event.currentTarget.value.replace(/[^A-Za-z0-9]/g, ""))} />
        : (
          <select id={id} value={value ?? ""} onChange={(event) => onValue(event.currentTarget.value)}>
            <option value="">{t("house.untold")}</option>
            {ask.choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.text}</option>)}
          </select>
        )}
      {waiting && <small>{waiting}</small>}
    </div>
  );
}
