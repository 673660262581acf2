// The wards of a day: where they lie, and how many parcels of each the register holds.
import { useQuery } from "@tanstack/react-query";
import type { Question } from "../question";
import type { Answer } from "./answer";
import { fetchJson, Problem } from "./client";
import type { components } from "./openapi";

export type Ward = components["schemas"]["WardHeld"];

const NONE: Ward[] = [];

export function useWards(date: string | undefined): Ward[] {
  const path = `v1/wards${date ? `?date=${date}` : ""}`;
  const { data } = useQuery<Ward[], Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => ((await fetchJson(path, signal)) as components["schemas"]["Wards"]).wards,
    staleTime: Infinity,
    retry: 1,
  });
  return data ?? NONE;
}

/** The ward of the day that a question names and asks nothing more of; wards of before may have had
 * its name too. */
export function wardNamed(question: Question, answer: Answer | undefined, wards: readonly Ward[]): Ward | undefined {
  const [only, ...others] = answer?.readAs?.wards.filter(({ former }) => !former) ?? [];
  if (question.by !== "text" || answer?.nothing?.reason !== "keyIncomplete" || !only || others.length > 0) return undefined;
  return wards.find((ward) => ward.code === only.code);
}
