// The facts of a parcel: areas, land use, keys, wards, validity.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Key, LandUse, Parcel } from "../api/answer";
import { useWrite } from "../numbers";
import { CheckIcon, WarnIcon } from "./icons";
import { fullName } from "./Understood";

export function Facts({ parcel, date, revision }: { parcel: Parcel; date: string; revision: number }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { asMap, asCertificate } = parcel;
  const former = asMap.commune.name && asMap.commune.code !== parcel.ward.code ? asMap.commune : undefined;
  return (
    <section className="panel facts-panel" aria-label={t("parcel.facts")}>
      <Areas parcel={parcel} />
      <dl className="facts">
        <Fact name={t("parcel.landUse")}>
          {parcel.landUse.length === 0 ? t("parcel.noLandUse") : (
            <ul className="plain">{parcel.landUse.map((line, i) => <li key={i}><LandUseOf line={line} /></li>)}</ul>
          )}
        </Fact>
        <Fact name={t("parcel.asMap")}><KeyOf value={asMap} /></Fact>
        <Fact name={t("parcel.asCertificate")}>{asCertificate ? <KeyOf value={asCertificate} /> : <i>{t("parcel.noCertificate")}</i>}</Fact>
        <Fact name={t("parcel.identifier")}>{parcel.nationalIdentifier ? <span className="digits">{parcel.nationalIdentifier}</span> : <i>{t("parcel.noIdentifier")}</i>}</Fact>
        <Fact name={t("parcel.ward")}>{parcel.ward.name} <small className="digits">{parcel.ward.code}</small></Fact>
        {former && <Fact name={t("parcel.formerWard")}>{fullName(former)} <small className="digits">{former.code}</small></Fact>}
        <Fact name={t("parcel.scale")}>1:{write.fixed(parcel.scale, 0)}</Fact>
        <Fact name={t("parcel.valid")}>{parcel.validTo
          ? t("parcel.validFromTo", { from: write.day(parcel.validFrom), to: write.day(parcel.validTo) })
          : t("parcel.validFrom", { from: write.day(parcel.validFrom) })}</Fact>
      </dl>
      <p className="note">{t("parcel.revision", { revision: write.fixed(revision, 0), date: write.day(date) })}</p>
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

/** Registered beside measured area, and whether they agree within the tolerance. */
function Areas({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { registeredArea, measuredArea, areaTolerance, areaDiffers } = parcel;
  const told = registeredArea !== undefined && areaTolerance !== undefined && {
    difference: write.fixed(Math.abs(measuredArea - registeredArea), 2), tolerance: write.fixed(areaTolerance, 2),
  };
  return (
    <>
      <dl className="areas">
        <div><dt>{t("parcel.registeredArea")}</dt><dd>{registeredArea === undefined ? <i>{t("parcel.noArea")}</i> : <>{write.area(registeredArea)} <small>m²</small></>}</dd></div>
        <div><dt>{t("parcel.measuredArea")}</dt><dd>{write.area(measuredArea)} <small>m²</small></dd></div>
      </dl>
      {told && (
        <p className={areaDiffers ? "agreement beyond" : "agreement"}>
          {areaDiffers ? <WarnIcon /> : <CheckIcon />} {t(areaDiffers ? "parcel.beyond" : "parcel.within", told)}
        </p>
      )}
    </>
  );
}

function LandUseOf({ line }: { line: LandUse }) {
  const { t } = useTranslation();
  const write = useWrite();
  const more = [
    line.area !== undefined && `${write.area(line.area)} m²`,
    line.form && t(`parcel.${line.form}`),
    line.until ? t("parcel.until", { date: write.day(line.until) }) : t("parcel.longTerm"),
  ].filter(Boolean);
  return <><b className="code">{line.code}</b> {line.name ?? t("parcel.unknownCode")}<small>{more.join(" · ")}</small></>;
}

function KeyOf({ value }: { value: Key }) {
  const { t } = useTranslation();
  return <>{t("parcel.sheetNumber", { ...value })}{value.commune.name && <small>{t("parcel.series", { commune: fullName(value.commune) })}</small>}</>;
}
