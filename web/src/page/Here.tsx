// Where the reader is, as the browser knows it, and what the register has there.
import { Alert, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GREATEST_ACCURACY_M, type Question } from "../question";
import { HereIcon } from "./icons";

type Trouble = "denied" | "unavailable" | "insecure";

/** Asks the browser where we are, and the register what is there. */
export function Here({ onAsk }: { onAsk: (question: Question) => void }) {
  const { t } = useTranslation();
  const [locating, setLocating] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [rough, setRough] = useState<number>();
  const locate = () => {
    setTrouble(undefined);
    setRough(undefined);
    if (!isSecureContext || !("geolocation" in navigator)) {
      setTrouble(isSecureContext ? "unavailable" : "insecure");
      return;
    }
    setLocating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocating(false);
        if (coords.accuracy > GREATEST_ACCURACY_M) setRough(Math.round(coords.accuracy));
        const accuracy = Math.min(GREATEST_ACCURACY_M, Math.max(1, Math.ceil(coords.accuracy)));
        onAsk({ by: "position", lon: Number(coords.longitude.toFixed(7)), lat: Number(coords.latitude.toFixed(7)), accuracy });
      },
      (failure) => {
        setLocating(false);
        setTrouble(failure.code === failure.PERMISSION_DENIED ? "denied" : "unavailable");
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 10_000 },
    );
  };
  return (
    <>
      <UnstyledButton className="way" onClick={locate} disabled={locating}>
        <HereIcon /><span><b>{locating ? t("search.locating") : t("search.here")}</b><small>{t("ways.hereMore")}</small></span>
      </UnstyledButton>
      {(trouble || rough) && (
        <Alert className="trouble" color={trouble ? "red" : "yellow"} role="alert" p="xs">
          {trouble ? t(`locate.${trouble}`) : t("locate.rough", { metres: rough })}
        </Alert>
      )}
    </>
  );
}
