// The one box for everything, with completions while typing.
import { ActionIcon, Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../address";
import { useSuggestions } from "../api/queries";
import { understand, type Question } from "../question";
import { SearchIcon } from "./icons";
import { useSheet } from "./Sheet";

export function TextSearch({ question }: { question: Question }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(textOf(question));
  const [settled] = useDebouncedValue(typed.trim(), 150);
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
  const understood = understand(settled);
  const { suggestions: known, fresh } = useSuggestions(understood.by === "text" ? settled : "", question.date);
  // While typing the last completions stay; after one was chosen only its own follow.
  const [chosen, setChosen] = useState(false);
  // What is typed in full already is offered only when it leads somewhere.
  const further = known.filter((s) => s.kind === "parcel" || s.q !== typed.trim());
  const suggestions = chosen && !(fresh && settled === typed.trim()) ? [] : further;
  const { setHeight } = useSheet();
  const submit = (text: string) => {
    const asked = understand(text);
    list.closeDropdown();
    if (asked.by === "nothing") return;
    ask({ ...asked, ...(question.date ? { date: question.date } : {}) });
    setHeight("half");
    document.getElementById("result")?.focus({ preventScroll: true });
  };
  // A parcel is asked for at once; a ward or a sheet is only the beginning of a question.
  const choose = (q: string) => {
    const whole = suggestions.find((s) => s.q === q)?.kind === "parcel";
    setTyped(whole ? q : `${q} `);
    setChosen(true);
    list.resetSelectedOption();
    if (whole) submit(q);
  };
  return (
    <form role="search" onSubmit={(event) => {
      event.preventDefault();
      submit(typed);
    }}>
      <Combobox store={list} withinPortal={false} onOptionSubmit={choose}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            size="md" type="search" role="combobox" aria-autocomplete="list" aria-label={t("search.label")}
            aria-describedby={question.by === "nothing" ? "hint" : undefined} placeholder={t("search.placeholder")}
            rightSection={<ActionIcon type="submit" size={38} aria-label={t("search.submit")}><SearchIcon /></ActionIcon>}
            rightSectionWidth={46} enterKeyHint="search" autoComplete="off" spellCheck={false} value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setChosen(false);
              list.openDropdown();
              list.resetSelectedOption();
            }}
            onClick={() => list.openDropdown()} onBlur={() => list.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={suggestions.length === 0}>
          <Combobox.Options mah={320} className="options" aria-label={t("search.label")}>
            {suggestions.map((suggestion) => (
              <Combobox.Option value={suggestion.q} key={suggestion.q} className="option">
                {suggestion.label}
                {suggestion.became.length > 0 && <small>→ {suggestion.became.join(", ")}</small>}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
    </form>
  );
}

function textOf(question: Question): string {
  if (question.by === "text") return question.q;
  return question.by === "position" && question.accuracy === undefined ? `${question.lon}, ${question.lat}` : "";
}
