// What was found: one parcel, several to choose from, nothing and why, or a failure.
import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Answer, Parcel } from "../api/answer";
import type { Problem } from "../api/client";
import type { Ward } from "../api/wards";
import type { MapHandle } from "../map/MapView";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { Failure } from "./Failure";
import { NothingHere } from "./NothingHere";
import { NotThere } from "./NotThere";
import { ParcelSheet } from "./ParcelSheet";
import { fullName, isDoubtful, Understood } from "./Understood";
import { WardSheet } from "./WardSheet";

interface FoundProps {
  question: Question;
  answer: UseQueryResult<Answer, Problem>;
  /** The ward that was named alone. */
  ward: Ward | undefined;
  map: RefObject<MapHandle | null>;
}

export function Found({ question, answer, ward, map }: FoundProps) {
  const { t } = useTranslation();
  if (answer.isPending) {
    return (
      <Stack gap="md" role="status" aria-label={t("loading")}>
        <Skeleton h={34} w="60%" /><Skeleton h={300} /><Skeleton h={140} />
      </Stack>
    );
  }
  if (answer.isError) {
    const { error } = answer;
    if (question.by === "id" && error.code === "item_not_found") return <NotThere id={question.id} date={question.date} problem={error} />;
    return <Failure problem={error} link={linked(question)} onRetry={() => void answer.refetch()} />;
  }
  const { parcels, nothing, readAs, date, revision } = answer.data;
  const [only] = parcels;
  const told = ward ? t("found.ward", { name: ward.name })
    : only === undefined ? t("found.none")
    : parcels.length === 1 ? t("found.one", { name: t("parcel.name", { ...only.asMap }) })
    : t("found.many", { count: parcels.length });
  return (
    <>
      <VisuallyHidden role="status">{told}</VisuallyHidden>
      {readAs && <Understood read={readAs} date={question.date} />}
      {ward && <WardSheet ward={ward} date={question.date} />}
      {only === undefined && !ward && (
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

/** What of an address that was followed, not typed, is wrong. */
const linked = (question: Question) =>
  question.by === "wrong" ? (question.several ? "several" : "part") : question.by === "id" ? "part" : undefined;

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
