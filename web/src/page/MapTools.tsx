// What stands on the map: the day, what is shown, zoom, one's own position.
import { ActionIcon } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { MapHandle } from "../map/MapView";
import type { Question } from "../question";
import { settings } from "../settings";
import { DateControl } from "./DateControl";
import { LayersControl } from "./LayersControl";
import { MinusIcon, PlusIcon } from "./icons";

export function MapTools({ question, handle }: { question: Question; handle: React.RefObject<MapHandle | null> }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="chips">
        <DateControl question={question} />
        <LayersControl />
        {settings.synthetic && <span className="chip made-up">{t("syntheticShort")}</span>}
      </div>
      <div className="zoom">
        <ActionIcon variant="default" size={44} aria-label={t("map.zoomIn")} onClick={() => handle.current?.zoomBy(1)}><PlusIcon /></ActionIcon>
        <ActionIcon variant="default" size={44} aria-label={t("map.zoomOut")} onClick={() => handle.current?.zoomBy(-1)}><MinusIcon /></ActionIcon>
      </div>
    </>
  );
}
