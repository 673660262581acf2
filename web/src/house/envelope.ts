// What may be built, by what has been told of the house, where the server answers that.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchJson, Problem } from "../api/client";
import type { components } from "../api/openapi";
import { SIZES } from "./check";
import { localOf } from "./sight";
import type { Drawn } from "./drawn";
import type { Polygon } from "./plane";

export type Envelope = components["schemas"]["Envelope"];

/** Whether this server has said that it does not offer it. */
let isOffered = true;

/** What may be built; nothing while it is not known, and nothing where the server does not offer it. */
export function useEnvelope(state: Drawn | undefined, date: string | undefined): Envelope | undefined {
  const { i18n } = useTranslation();
  const said = new URLSearchParams({ lang: i18n.language });
  const { parcel, fields = {} } = state ?? {};
  if (parcel) said.set("crs", `http://www.opengis.net/def/crs/EPSG/0/${parcel.epsg}`);
  if (date) said.set("date", date);
  const stated = Object.entries(fields).filter(([name]) => !(SIZES as readonly string[]).includes(name));
  stated.sort(([a], [b]) => (a < b ? -1 : 1)).forEach(([name, value]) => said.set(name, value));
  const path = parcel ? `v1/parcels/${encodeURIComponent(parcel.id)}/envelope?${said}` : "";
  const { data } = useQuery<Envelope | null, Problem>({
    queryKey: [path],
    queryFn: async ({ signal }) => {
      try {
        return (await fetchJson(path, signal)) as Envelope;
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.passes) throw problem;
        if (problem.code === "path_not_found") isOffered = false;
        return null;
      }
    },
    enabled: parcel !== undefined && isOffered,
    retry: 1,
  });
  return data ?? undefined;
}

/** The outlines of a level in millimetres beside the parcel. */
export function outlinesOf({ geometry }: Envelope["levels"][number], { origin }: Drawn): Polygon[] {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return (polygons as unknown as number[][][][]).map((rings) => rings.map((ring) => ring.slice(0, -1).map((metres) => localOf(origin, metres))));
}
