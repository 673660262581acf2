// The day that map and answers are for: today, or any other, by date or by pulling along the years.
import { Button, Popover, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../address";
import { useWrite } from "../numbers";
import { today } from "../planes";
import type { Question } from "../question";
import { CalendarIcon } from "./icons";

/** How many years the slider goes back; the field above it takes any day. */
const YEARS = 10;
const DAY_MS = 86_400_000;

const dayOf = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY_MS);
const isoOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

export function DateControl({ question }: { question: Question }) {
  const { t } = useTranslation();
  const write = useWrite();
  const now = today();
  const date = question.date ?? now;
  const choose = (day: string) => {
    const { date: _, ...rest } = question;
    ask({ ...rest, ...(day !== now ? { date: day } : {}) } as Question);
  };
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus width="min(20rem, calc(100vw - 16px))">
      <Popover.Target>
        <button type="button" className={question.date ? "chip then" : "chip"}>
          <CalendarIcon /> {question.date ? write.day(question.date) : t("date.today")}
        </button>
      </Popover.Target>
      <Popover.Dropdown className="popover" aria-label={t("search.date")}>
        <TextInput type="date" size="md" label={t("search.date")} value={date} min="1900-01-01" max="2100-12-31"
          onChange={(event) => event.currentTarget.value && choose(event.currentTarget.value)} />
        <Slider date={date} now={now} onSettled={choose} />
        <p className="note">{t("search.dateHint")}</p>
        {question.date && <Button variant="light" fullWidth onClick={() => choose(now)}>{t("date.back")}</Button>}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Pulled along the years; the day is asked for once it rests. */
function Slider({ date, now, onSettled }: { date: string; now: string; onSettled: (day: string) => void }) {
  const { t } = useTranslation();
  const write = useWrite();
  const [pulled, setPulled] = useState<number>();
  useEffect(() => setPulled(undefined), [date]);
  useEffect(() => {
    if (pulled === undefined) return undefined;
    const rest = setTimeout(() => onSettled(isoOf(pulled)), 350);
    return () => clearTimeout(rest);
  }, [pulled, onSettled]);
  const last = dayOf(now);
  const day = Math.min(last, pulled ?? dayOf(date));
  return (
    <label className="years">
      <span>{t("date.years", { years: YEARS })}</span>
      <input type="range" min={last - Math.round(YEARS * 365.25)} max={last} value={day} aria-valuetext={write.day(isoOf(day))}
        onChange={(event) => setPulled(Number(event.currentTarget.value))} />
      <output>{write.day(isoOf(day))}</output>
    </label>
  );
}
