// A number that is typed: taken as soon as it is one, written as people write it when it is left.
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { typedNumber } from "../question";

/** Digits as people write them, without exponents. */
const PLAIN = /^\s*-?\d+([.,]\d+)?\s*$/;

interface NumberFieldProps {
  label: string;
  unit: string;
  /** What it is now, or nothing. */
  value: number | undefined;
  decimals: number;
  least?: number;
  onValue: (value: number | undefined) => void;
  hint?: string | undefined;
}

export function NumberField({ label, unit, value, decimals, least = 0, onValue, hint }: NumberFieldProps) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const [id, hintId] = [useId(), useId()];
  const locale = i18n.language === "en" ? "en-GB" : "vi-VN";
  const written = value === undefined ? "" : new Intl.NumberFormat(locale, { maximumFractionDigits: decimals, useGrouping: false }).format(value);
  const read = (text: string) => {
    const number = PLAIN.test(text) ? typedNumber(text) : undefined;
    return number !== undefined && number >= least && number < 100_000 ? Math.round(number * 10 ** decimals) / 10 ** decimals : undefined;
  };
  const wrong = typed !== undefined && typed.trim() !== "" && read(typed) === undefined;
  return (
    <div className="number-field">
      <label htmlFor={id}>{label}</label>
      <span className="box">
        <input id={id} inputMode="decimal" autoComplete="off" value={typed ?? written} aria-invalid={wrong}
          aria-describedby={wrong || hint ? hintId : undefined}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            // What is no number is not known: nothing stands on what was typed before.
            onValue(read(text));
          }}
          onBlur={() => setTyped(undefined)} />
        <span className="unit">{unit}</span>
      </span>
      {(wrong || hint) && <small id={hintId} className={wrong ? "wrong" : undefined}>{wrong ? t("search.notANumber", { example: written || (locale === "vi-VN" ? "3,5" : "3.5") }) : hint}</small>}
    </div>
  );
}
