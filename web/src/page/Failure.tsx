// The server refused or failed: what happened, in words, and whether trying again may help.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import { WarnIcon } from "./icons";

export function Failure({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useTranslation();
  const told = problem.sentence === "invalid";
  return (
    <section role="alert" className="nothing failure">
      <span className="sign"><WarnIcon /></span>
      <h1>{t("failure.heading")}</h1>
      <p>{t(`failure.${problem.sentence}`)}</p>
      {told && problem.detail && <p className="detail">{problem.detail}</p>}
      {told && problem.expected && <p>{t("failure.expected", { what: problem.expected })}</p>}
      {problem.requestId && !told && <p><small>{t("failure.request", { id: problem.requestId })}</small></p>}
      {problem.passes && <Button mt="md" variant="default" onClick={onRetry}>{t("failure.retry")}</Button>}
    </section>
  );
}
