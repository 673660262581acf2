// The one box for everything, with completions while typing.
import { Autocomplete, Button, Group } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestion } from "../api/answer";
import { useSuggestions } from "../api/queries";
import { understand, type Question } from "../question";
import { SearchIcon } from "./icons";

export function TextSearch({ question, onAsk }: { question: Question; onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(textOf(question));
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const understood = understand(settled);
  const suggestions = useSuggestions(understood.by === "text" ? settled : "", question.date);
  const offered = new Map(suggestions.map((s) => [s.q, s]));
  return (
    <form role="search" onSubmit={(event) => {
      event.preventDefault();
      const asked = understand(typed);
      if (asked.by !== "nothing") onAsk(asked);
    }}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Autocomplete
          flex={1} size="lg" aria-label={t("search.label")} placeholder={t("search.placeholder")}
          aria-describedby={question.by === "nothing" ? "hint" : undefined}
          leftSection={<SearchIcon />} type="search" enterKeyHint="search" autoComplete="off" spellCheck={false}
          value={typed} onChange={setTyped} data={[...offered.keys()]} filter={({ options }) => options}
          renderOption={({ option }) => <Option suggestion={offered.get(option.value)} />}
          onOptionSubmit={(q) => onAsk(understand(q))} maxDropdownHeight={320}
        />
        <Button type="submit" size="lg" className="submit">{t("search.submit")}</Button>
      </Group>
      {question.by === "nothing" && <p id="hint" className="hint">{t("search.hint")}</p>}
    </form>
  );
}

/** A completion; a ward of before says what it became. */
function Option({ suggestion }: { suggestion: Suggestion | undefined }) {
  if (!suggestion) return null;
  return <span className="option">{suggestion.label}{suggestion.became.length > 0 && <small>→ {suggestion.became.join(", ")}</small>}</span>;
}

function textOf(question: Question): string {
  if (question.by === "text") return question.q;
  return question.by === "position" && question.accuracy === undefined ? `${question.lon}, ${question.lat}` : "";
}
