// By ward, sheet and number, as they stand on a certificate or a map.
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Question } from "../question";

export function KeySearch({ question, onAsk }: { question: Question; onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const asked = question.by === "key" ? question : { ward: "", sheet: "", number: "" };
  const [ward, setWard] = useState(asked.ward);
  const [sheet, setSheet] = useState(asked.sheet);
  const [number, setNumber] = useState(asked.number);
  const [tried, setTried] = useState(false);
  const missing = (value: string) => (tried && value.trim() === "" ? t("search.required") : undefined);
  return (
    <form role="search" aria-label={t("ways.key")} className="fields" noValidate onSubmit={(event) => {
      event.preventDefault();
      setTried(true);
      if (ward.trim() && sheet.trim() && number.trim()) {
        onAsk({ by: "key", ward: ward.trim(), sheet: sheet.trim(), number: number.trim() });
      }
    }}>
      <TextInput className="wide" size="md" label={t("search.ward")} placeholder={t("search.wardPlaceholder")}
        value={ward} onChange={(e) => setWard(e.currentTarget.value)} error={missing(ward)} />
      <TextInput size="md" label={t("search.sheet")} placeholder="5" inputMode="numeric"
        value={sheet} onChange={(e) => setSheet(e.currentTarget.value)} error={missing(sheet)} />
      <TextInput size="md" label={t("search.number")} placeholder="12" inputMode="numeric"
        value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={missing(number)} />
      <Button type="submit" size="md">{t("search.submit")}</Button>
    </form>
  );
}
