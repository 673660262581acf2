// The page's questions to the server, each kept for a minute.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { parameters, type Question } from "../question";
import { first } from "../settings";
import type { Answer, History, Suggestion } from "./answer";
import { AGAIN_MS, fetchJson, Problem } from "./client";
import { readCollection, readFeature, readHistory } from "./read";

function pathOf(question: Question, more: Record<string, string>): string {
  const said = parameters(question);
  said.delete("id");
  Object.entries(more).forEach(([name, value]) => said.set(name, value));
  if (question.by === "wrong") {
    // As it stands in the address, so that the server finds in it what is wrong.
    const place = question.id === undefined ? "lookup" : encodeURIComponent(question.id);
    return `v1/parcels/${place}?${[question.raw, new URLSearchParams(more)].join("&")}`;
  }
  const place = question.by === "id" ? encodeURIComponent(question.id) : "lookup";
  return `v1/parcels/${place}?${said}`;
}

const again = (count: number, error: Error) =>
  count < 2 && error instanceof Problem && error.passes && error.status !== 429;

const answerPath = (question: Question, language: string) => pathOf(question, { neighbours: "true", lang: language });
const readAnswer = (body: unknown) => ((body as { type?: string }).type === "Feature" ? readFeature(body) : readCollection(body));
/** The answer that came with the page, under the path by which it would be asked for. */
const came = first && { path: answerPath(first.question, first.language), answer: readAnswer(first.body) };

export function useAnswer(question: Question) {
  const { i18n } = useTranslation();
  const path = answerPath(question, i18n.language);
  return useQuery<Answer, Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => readAnswer(await fetchJson(path, signal)),
    ...(came?.path === path ? { initialData: came.answer } : {}),
    enabled: question.by !== "nothing",
    retry: again,
    // A server that is opening its register will answer; nobody has to ask for that.
    refetchInterval: ({ state }) => (state.error?.status === 503 ? AGAIN_MS : false),
  });
}

export function useHistory(id: string) {
  const { i18n } = useTranslation();
  const path = `v1/parcels/${encodeURIComponent(id)}/history?lang=${i18n.language}`;
  return useQuery<History, Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => readHistory(await fetchJson(path, signal)),
    retry: again,
  });
}

/** Completions of what has been typed so far; those of the text before it until they are there. */
export function useSuggestions(typed: string, date: string | undefined): { suggestions: Suggestion[]; fresh: boolean } {
  const { i18n } = useTranslation();
  const asked: Question = { by: "text", q: typed, ...(date ? { date } : {}) };
  const path = pathOf(asked, { suggest: "true", lang: i18n.language });
  const wanted = typed.length >= 2;
  const { data, isPlaceholderData } = useQuery<Answer, Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => readCollection(await fetchJson(path, signal)),
    enabled: wanted,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { suggestions: wanted ? (data?.suggestions ?? []) : [], fresh: !isPlaceholderData };
}
