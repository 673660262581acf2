// The way to drawing a house on a parcel; the tools come when somebody draws.
import { Button, Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { noteHouse, useHouseText } from "../address";
import type { Parcel } from "../api/answer";
import { Caught } from "../page/Caught";
import { BoxIcon } from "./signs";

const House = lazy(() => import("../house/House"));

export function HouseStart({ parcel, date }: { parcel: Parcel; date: string | undefined }) {
  const { t } = useTranslation();
  const text = useHouseText(parcel.id);
  const start = useRef<HTMLButtonElement>(null);
  const drew = useRef(false);
  useEffect(() => {
    // Whoever stops drawing is where it began.
    if (text === undefined && drew.current) start.current?.focus();
    drew.current = text !== undefined;
  }, [text]);
  return (
    <section className={text === undefined ? "panel house no-print" : "panel house"} aria-labelledby="house">
      <h2 id="house">{t("house.heading")}</h2>
      {text === undefined ? (
        <>
          <p className="means">{t("house.invitation")}</p>
          <Button ref={start} mt="sm" size="md" fullWidth className="no-print" leftSection={<BoxIcon />} onClick={() => noteHouse(parcel.id)}>{t("house.start")}</Button>
        </>
      ) : (
        <Caught instead={<p role="alert">{t("house.failed")}</p>}>
          <Suspense fallback={<Skeleton h={260} mt="sm" role="status" aria-label={t("loading")} />}><House parcel={parcel} date={date} text={text} /></Suspense>
        </Caught>
      )}
    </section>
  );
}
