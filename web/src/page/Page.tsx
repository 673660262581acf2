// The page: search and panel, and the map beside or behind them.
import { Anchor, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useQuestion } from "../address";
import { useAnswer } from "../api/queries";
import { useWards, wardNamed } from "../api/wards";
import type { MapHandle } from "../map/MapView";
import { opening, settings } from "../settings";
import { Found } from "./Found";
import { Header } from "./Header";
import { Home } from "./Home";
import { MapArea } from "./MapArea";
import { Opening } from "./Opening";
import { PaperHead } from "./Paper";
import { Sheet, SheetProvider } from "./Sheet";
import { TextSearch } from "./TextSearch";

export function Page() {
  const { t, i18n } = useTranslation();
  const question = useQuestion();
  const answer = useAnswer(question);
  const wards = useWards(question.date);
  const ward = wardNamed(question, answer.data, wards);
  const map = useRef<MapHandle>(null);
  const [only, ...others] = answer.data?.parcels ?? [];
  const one = only && others.length === 0 ? t("parcel.name", { ...only.asMap }) : ward?.name;
  const name = one ? `${one} · ${t("title")}` : `${t("title")}: ${t("subtitle")}`;
  useEffect(() => {
    document.title = name;
  }, [name]);
  const synthetic = answer.data?.synthetic ?? settings.synthetic;
  return (
    <SheetProvider>
      <a className="skip" href="#result">{t("skip")}</a>
      <a className="skip" href="#map">{t("skipToMap")}</a>
      <div className="shell">
        <div className="side">
          <Header><TextSearch key={question.by === "text" ? question.q : ""} question={question} /></Header>
          <Sheet>
            <PaperHead question={question} answer={answer.data} synthetic={synthetic} />
            <main id="result" tabIndex={-1}>
              {new URLSearchParams(location.search).has("known_at") && <p className="told-once" role="status">{t("failure.knownAt")}</p>}
              {opening ? <Opening />
                : question.by === "nothing" ? <Home question={question} map={map} /> : <Found question={question} answer={answer} ward={ward} map={map} />}
              {synthetic && <p className="synthetic no-print">{t("synthetic")}</p>}
              <footer>
                <Text size="sm">{t("footer.accuracy", { operation: answer.data?.parcels[0]?.operation ?? "EPSG:6960" })}</Text>
                <Text size="sm">
                  {t("footer.attribution")}{" "}
                  <span className="no-print"><Anchor href={`collections?f=html&lang=${i18n.language}`} inherit underline="always">{t("footer.collections")}</Anchor> · <Anchor href="api" inherit underline="always">{t("footer.api")}</Anchor></span>
                </Text>
              </footer>
            </main>
          </Sheet>
        </div>
        <MapArea question={question} parcels={answer.data?.parcels} wards={wards} ward={ward} handle={map} />
      </div>
    </SheetProvider>
  );
}
