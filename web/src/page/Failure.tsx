// The server refused or failed: what happened, in words, and whether trying again may help.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Problem } from "../api/client";
import { WarnIcon } from "./icons";

/** Parameters of the page's address that have a name in words. */
const PARTS = ["id", "lon", "lat", "accuracy_m", "x", "y", "crs", "ward", "sheet", "number", "q", "date"] as const;

interface FailureProps {
  problem: Problem;
  /** Where it is the address of the page that cannot be read: a part of it, or which of several questions. */
  link?: "part" | "several" | undefined;
  onRetry: () => void;
}

export function Failure({ problem, link, onRetry }: FailureProps) {
  const { t } = useTranslation();
  const home = useLink({ by: "nothing" });
  const told = problem.sentence === "invalid";
  const part = told && link !== "several" ? PARTS.find((one) => one === problem.parameter) : undefined;
  return (
    <section role="alert" className="nothing failure">
      <span className="sign"><WarnIcon /></span>
      <h1>{t(told && link ? "failure.link" : "failure.heading")}</h1>
      <p>{told && link === "several" ? t("failure.several") : part ? t("failure.partWrong", { part: t(`failure.part.${part}`) }) : t(`failure.${problem.sentence}`)}</p>
      {told && link !== "several" && problem.detail && <p className="detail">{problem.detail}</p>}
      {told && link !== "several" && problem.expected && <p>{t("failure.expected", { what: problem.expected })}</p>}
      {problem.requestId && !told && <p><small>{t("failure.request", { id: problem.requestId })}</small></p>}
      {told && link && <Button mt="md" component="a" {...home}>{t("absent.search")}</Button>}
      {problem.passes && <Button mt="md" variant="default" onClick={onRetry}>{t("failure.retry")}</Button>}
    </section>
  );
}
