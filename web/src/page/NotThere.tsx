// A parcel asked for by its number that is not there: on another day, or not at all.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ask, useLink } from "../address";
import type { Problem } from "../api/client";
import { useWrite } from "../numbers";
import { dayBefore, today } from "../planes";
import { lackOn } from "../settings";
import { BlankIcon } from "./icons";

export function NotThere({ id, date, problem }: { id: string; date: string | undefined; problem: Problem }) {
  const { t } = useTranslation();
  const write = useWrite();
  const home = useLink({ by: "nothing", ...(date ? { date } : {}) });
  const { from, to } = problem.valid;
  const on = date ?? today();
  const gone = to !== undefined && on >= to;
  // What was before the register begins, it does not know.
  const begins = lackOn(on);
  const lack = begins?.sentence === "begins" ? begins : undefined;
  const day = gone ? dayBefore(to) : from;
  return (
    <section role="status" className="nothing absent">
      <span className="sign"><BlankIcon /></span>
      {from === undefined || day === undefined ? (
        <>
          <h1>{t("absent.unknown", { id })}</h1>
          <p>{t("absent.unknownMore")}</p>
          <Button mt="md" component="a" {...home}>{t("absent.search")}</Button>
        </>
      ) : (
        <>
          <h1>{t(gone ? "absent.after" : lack ? "absent.noData" : "absent.before", { date: write.day(on) })}</h1>
          <p>{!gone && lack && <>{t(`home.${lack.sentence}`, { from: write.day(lack.from) })} </>}{t(gone ? "absent.afterMore" : "absent.beforeMore", { day: write.day(gone ? to : from) })}</p>
          <Button mt="md" onClick={() => ask({ by: "id", id, date: day })}>{t("absent.go", { day: write.day(day) })}</Button>
        </>
      )}
    </section>
  );
}
