// What applies to a parcel, as the server tells it.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchJson, Problem } from "../api/client";
import type { components } from "../api/openapi";

type Wire = components["schemas"];
export type Extract = Wire["Extract"];
export type Theme = Wire["ExtractTheme"];
export type Restriction = Wire["ExtractRestriction"];
export type Share = Wire["ExtractShare"];
export type Provision = Wire["ExtractProvision"];

export function useExtract(id: string, date: string | undefined) {
  const { i18n } = useTranslation();
  const path = `v1/parcels/${encodeURIComponent(id)}/extract?lang=${i18n.language}${date ? `&date=${date}` : ""}`;
  return useQuery<Extract, Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => (await fetchJson(path, signal)) as Extract,
    retry: (count, problem) => count < 2 && problem.passes && problem.status !== 429,
  });
}

/** The lists in the order in which they are read. */
export const CONCERNS = ["concerned", "withoutData", "notConcerned"] as const;
export type Concern = (typeof CONCERNS)[number];
