// A number that is typed: taken as soon as it is one, written as people write it when it is left.
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { noteFault } from "./drawn";
import { numberOf } from "./typed";

interface NumberFieldProps {
  label: string;
  unit: string;
  /** What it is now, or nothing. */
  value: number | undefined;
  decimals: number;
  least?: number;
  /** Whether it has to be more than the least. */
  beyond?: boolean;
  /** Whether the house is not complete without it. */
  required?: boolean;
  /** Under which name the house is not complete while this is wrong; without one it is no part of it. */
  partOfHouse?: string;
  onValue: (value: number | undefined) => void;
  hint?: string | undefined;
}

export function NumberField({ label, unit, value, decimals, least = 0, beyond = false, required = false, partOfHouse, onValue, hint }: NumberFieldProps) {
  const { t, i18n } = useTranslation();
  // What is typed, as long as it says what the value is or is wrong.
  const [typed, setTyped] = useState<{ text: string; number: number | undefined }>();
  const [id, hintId] = [useId(), useId()];
  const locale = i18n.language === "en" ? "en-GB" : "vi-VN";
  const written = value === undefined ? "" : new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, useGrouping: false }).format(value === 0 ? 0 : value);
  const range = { decimals, least, beyond, required };
  const fault = typed && numberOf(typed.text, range, locale).fault;
  const wrong = fault !== undefined;
  // What is changed elsewhere, as by undoing, takes the place of what is typed.
  useEffect(() => setTyped((own) => (own && own.number !== value ? undefined : own)), [value]);
  useEffect(() => {
    if (!partOfHouse || !wrong) return undefined;
    noteFault(partOfHouse, true);
    return () => noteFault(partOfHouse, false);
  }, [partOfHouse, wrong]);
  const told = fault ? t(`house.typed.${fault.says}`, { ...fault.with }) : hint;
  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      <span className="box">
        <input id={id} inputMode="decimal" autoComplete="off" value={typed?.text ?? written} aria-invalid={wrong} aria-required={required || undefined}
          aria-describedby={told ? hintId : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value;
            const read = numberOf(text, range, locale);
            // What is wrong leaves the house as it was, and nothing is asked until it is right.
            const left = read.fault !== undefined && partOfHouse !== undefined;
            setTyped({ text, number: left ? value : read.number });
            if (left) noteFault(partOfHouse, true);
            else onValue(read.number);
          }}
          onBlur={() => { if (!wrong) setTyped(undefined); }} />
        <span className="unit">{unit}</span>
      </span>
      {told && <small id={hintId} role={wrong ? "alert" : undefined} className={wrong ? "wrong" : undefined}>{told}</small>}
    </div>
  );
}
