// Storeys that may be added to those told, for what reasons; and what was taken where nobody says it.
import { useTranslation } from "react-i18next";
import { Behind } from "../panel/Behind";
import { FreeIcon, UnknownIcon } from "../panel/signs";
import type { Envelope } from "./envelope";

export function Added({ envelope: { added, assumed, extent } }: { envelope: Envelope }) {
  const { t } = useTranslation();
  return (
    <>
      {added && (
        <Behind className="group" summary={<h4>{t("house.added")}</h4>}>{() => (
          <>
            <p>{added.text}</p>
            <ul className="plain">{added.ways.map((way) => (
              <li key={way.text} className="gap">{way.holds ? <FreeIcon /> : <UnknownIcon />} <span>{way.text}<small>{t(way.holds ? "house.addedHolds" : "house.addedOpen")}</small></span></li>
            ))}</ul>
          </>
        )}</Behind>
      )}
      {extent === "known" && assumed.length > 0 && <ul className="plain taken">{assumed.map((one) => <li key={one.parameter}><small>{one.text}</small></li>)}</ul>}
    </>
  );
}
