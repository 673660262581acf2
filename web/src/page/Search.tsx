// Asking: in words with suggestions, by sheet and number, by coordinates, by one's own position.
import { Alert, Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../address";
import { today } from "../planes";
import { GREATEST_ACCURACY_M, type Question } from "../question";
import { CoordinateSearch } from "./CoordinateSearch";
import { HereIcon } from "./icons";
import { KeySearch } from "./KeySearch";
import { TextSearch } from "./TextSearch";

type Way = "text" | "key" | "coordinates";

function wayOf(question: Question): Way {
  if (question.by === "key") return "key";
  return question.by === "planar" ? "coordinates" : "text";
}

export function Search({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>(wayOf(question));
  const date = question.date;
  const submit = (asked: Question) => {
    ask({ ...asked, ...(date ? { date } : {}) });
    document.getElementById("result")?.focus({ preventScroll: true });
  };
  return (
    <section className="search no-print" aria-label={t("search.label")}>
      <Stack gap="sm">
        <Group justify="space-between" align="center" gap="xs">
          <Text component="h1" className="asking">{t("search.label")}</Text>
          <SegmentedControl
            className="ways" size="sm" aria-label={t("ways.label")} value={way} onChange={(value) => setWay(value as Way)}
            data={(["text", "key", "coordinates"] as const).map((value) => ({ value, label: t(`ways.${value}`) }))}
          />
        </Group>
        {way === "text" && <TextSearch key={question.by === "text" ? question.q : ""} question={question} onAsk={submit} />}
        {way === "key" && <KeySearch question={question} onAsk={submit} />}
        {way === "coordinates" && <CoordinateSearch question={question} onAsk={submit} />}
        <Group gap="sm" align="flex-end" justify="space-between">
          <Here onAsk={submit} />
          <TextInput
            className="date" type="date" size="sm" label={t("search.date")} title={t("search.dateHint")}
            value={date ?? today()} min="1900-01-01" max="2100-12-31"
            onChange={(event) => {
              const { date: _, ...rest } = question;
              const value = event.currentTarget.value;
              ask({ ...rest, ...(value && value !== today() ? { date: value } : {}) } as Question);
            }}
          />
        </Group>
      </Stack>
    </section>
  );
}

type Trouble = "denied" | "unavailable" | "insecure";

/** Asks the browser where we are, and the register what is there. */
function Here({ onAsk }: { onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const [locating, setLocating] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [rough, setRough] = useState<number>();
  const locate = () => {
    setTrouble(undefined);
    setRough(undefined);
    if (!isSecureContext || !("geolocation" in navigator)) {
      setTrouble(isSecureContext ? "unavailable" : "insecure");
      return;
    }
    setLocating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocating(false);
        if (coords.accuracy > GREATEST_ACCURACY_M) setRough(Math.round(coords.accuracy));
        const accuracy = Math.min(GREATEST_ACCURACY_M, Math.max(1, Math.ceil(coords.accuracy)));
        onAsk({ by: "position", lon: Number(coords.longitude.toFixed(7)), lat: Number(coords.latitude.toFixed(7)), accuracy });
      },
      (failure) => {
        setLocating(false);
        setTrouble(failure.code === failure.PERMISSION_DENIED ? "denied" : "unavailable");
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 },
    );
  };
  return (
    <>
      <Button variant="light" leftSection={<HereIcon />} onClick={locate} loading={locating}>
        {locating ? t("search.locating") : t("search.here")}
      </Button>
      {(trouble || rough) && (
        <Alert className="trouble" color={trouble ? "red" : "yellow"} role="alert" p="xs">
          {trouble ? t(`locate.${trouble}`) : t("locate.rough", { metres: rough })}
        </Alert>
      )}
    </>
  );
}
