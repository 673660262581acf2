// By coordinates: degrees as a phone shows them, or metres as surveyors write them, X to the north.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { typedNumber, type Question } from "../question";

const DEGREES = "degrees";

export function CoordinateSearch({ question, onAsk }: { question: Question; onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const [system, setSystem] = useState(question.by === "planar" ? question.crs : DEGREES);
  const [first, setFirst] = useState(question.by === "planar" ? String(question.north) : question.by === "position" ? String(question.lon) : "");
  const [second, setSecond] = useState(question.by === "planar" ? String(question.east) : question.by === "position" ? String(question.lat) : "");
  const [tried, setTried] = useState(false);
  const degrees = system === DEGREES;
  const [a, b] = [typedNumber(first), typedNumber(second)];
  const examples = degrees ? ["106.698", "10.7721"] : ["1191410.365", "603481.725"];
  const wrong = (value: number | undefined, example: string | undefined) =>
    tried && value === undefined ? t("search.notANumber", { example }) : undefined;
  return (
    <form role="search" aria-label={t("ways.coordinates")} className="fields" noValidate onSubmit={(event) => {
      event.preventDefault();
      setTried(true);
      if (a === undefined || b === undefined) return;
      onAsk(degrees ? { by: "position", lon: a, lat: b } : { by: "planar", north: a, east: b, crs: system });
    }}>
      <NativeSelect className="wide" size="md" label={t("search.system")} value={system} onChange={(e) => setSystem(e.currentTarget.value)}
        data={[
          { value: DEGREES, label: t("search.wgs84") },
          { value: "EPSG:9210", label: t("search.zone9210") },
          { value: "EPSG:5899", label: t("search.zone5899") },
        ]} />
      <TextInput size="md" label={t(degrees ? "search.lon" : "search.north")} placeholder={examples[0]} inputMode="decimal"
        value={first} onChange={(e) => setFirst(e.currentTarget.value)} error={wrong(a, examples[0])} />
      <TextInput size="md" label={t(degrees ? "search.lat" : "search.east")} placeholder={examples[1]} inputMode="decimal"
        value={second} onChange={(e) => setSecond(e.currentTarget.value)} error={wrong(b, examples[1])} />
      <Button type="submit" size="md">{t("search.submit")}</Button>
    </form>
  );
}
