// What was found: one parcel, several to choose from, nothing and why, or a failure.
import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Answer, Parcel } from "../api/answer";
import type { Problem } from "../api/client";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { Failure } from "./Failure";
import { NothingHere } from "./NothingHere";
import { ParcelSheet } from "./ParcelSheet";
import { fullName, isDoubtful, Understood } from "./Understood";

interface FoundProps {
  question: Question;
  answer: UseQueryResult<Answer, Problem>;
  map: RefObject<MapHandle | null>;
}

export function Found({ question, answer, map }: FoundProps) {
  const { t } = useTranslation();
  if (answer.isPending) {
    return (
      <Stack gap="md" role="status" aria-label={t("loading")}>
        <Skeleton h={34} w="60%" /><Skeleton h={300} /><Skeleton h={140} />
      </Stack>
    );
  }
  if (answer.isError) return <Failure problem={answer.error} onRetry={() => void answer.refetch()} />;
  const { parcels, nothing, readAs, date, revision } = answer.data;
  const [only] = parcels;
  const told = only === undefined ? t("found.none")
    : parcels.length === 1 ? t("found.one", { name: t("parcel.name", { ...only.asMap }) })
    : t("found.many", { count: parcels.length });
  return (
    <>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      {readAs && <Understood read={readAs} date={question.date} />}
      {only === undefined && (
        <NothingHere nothing={nothing ?? { reason: "noParcel" }} date={question.date} chosenAbove={isDoubtful(readAs)} />
      )}
      {only !== undefined && parcels.length === 1 && <ParcelSheet key={only.id} parcel={only} question={question} date={date} revision={revision} map={map} />}
      {parcels.length > 1 && (
        <section aria-label={told}>
          <h1 className="many">{told}</h1>
          <ul className="candidates">
            {parcels.map((parcel) => <Candidate key={`${parcel.id} ${parcel.matchedBy}`} parcel={parcel} date={question.date} />)}
          </ul>
        </section>
      )}
    </>
  );
}

/** Whether the sheet is one of another commune than the parcel's ward, or of one with another name. */
function isNumberedElsewhere({ ward, asMap: { commune } }: Parcel): boolean {
  return commune.code !== ward.code || commune.name !== ward.name;
}

function Candidate({ parcel, date }: { parcel: Parcel; date: string | undefined }) {
  const { t } = useTranslation();
  const write = useWrite();
  const link = useLink({ by: "id", id: parcel.id, ...(date ? { date } : {}) });
  return (
    <li>
      <a {...link} className="candidate">
        <strong>{t("parcel.name", { ...parcel.asMap })}</strong>
        <span>{parcel.ward.name}{isNumberedElsewhere(parcel) && ` · ${t("parcel.series", { commune: fullName(parcel.asMap.commune) })}`}</span>
        <span>{write.area(parcel.registeredArea ?? parcel.measuredArea)} m² · {parcel.landUse.map((l) => l.code).join("+")}</span>
        {parcel.matchedBy && (
          <span className="tag">{t(`parcel.matched.${parcel.matchedBy}`, { share: write.share(parcel.circleShare ?? 0) })}</span>
        )}
        {parcel.circleShare !== undefined && <span className="share" aria-hidden="true"><i style={{ width: `${parcel.circleShare * 100}%` }} /></span>}
      </a>
    </li>
  );
}
