// How words were understood; where they may mean several wards, what came of each of them.
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Commune, ReadAs, ReadWard } from "../api/answer";

const OUTCOMES = ["found", "notFound", "withoutData"] as const;

/** Whether several wards were looked in, so that the answer is that of one of them. */
export const isDoubtful = (read: ReadAs | undefined) =>
  read?.ambiguous === true && read.wards.some((ward) => ward.outcome !== "notAsked");

export const fullName = ({ name, district }: Commune) => (district ? `${name}, ${district}` : name);

export function Understood({ read, date }: { read: ReadAs; date: string | undefined }) {
  const { t } = useTranslation();
  const doubtful = isDoubtful(read);
  return (
    <div className={doubtful ? "understood doubtful" : "understood"}>
      <p>{read.text}</p>
      {doubtful && (
        <>
          <p>{t("readAs.doubt")}</p>
          {OUTCOMES.map((outcome) => {
            const wards = read.wards.filter((ward) => ward.outcome === outcome);
            return wards.length > 0 && (
              <dl key={outcome}>
                <dt>{t(`readAs.${outcome}`)}</dt>
                <dd><ul>{wards.map((ward) => <li key={`${ward.code} ${fullName(ward)}`}><WardLink ward={ward} date={date} /></li>)}</ul></dd>
              </dl>
            );
          })}
        </>
      )}
    </div>
  );
}

function WardLink({ ward, date }: { ward: ReadWard; date: string | undefined }) {
  const link = useLink({ by: "text", q: ward.q ?? fullName(ward), ...(date ? { date } : {}) });
  return <a {...link}>{fullName(ward)}</a>;
}
