// What the map shows, with what its lines and colours mean.
import { Checkbox, Popover } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { noteShown, useShown } from "../address";
import { groups, shownAtFirst } from "../map/groups";
import { LayersIcon } from "./icons";

export function LayersControl() {
  const { t } = useTranslation();
  const shown = useShown(shownAtFirst);
  if (groups.length === 0) return null;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus width={320} withinPortal={false}>
      <Popover.Target>
        <button type="button" className="chip" aria-label={t("layers.label")}><LayersIcon /> {t("layers.short")}</button>
      </Popover.Target>
      <Popover.Dropdown className="popover" aria-label={t("layers.label")}>
        {groups.map(({ name }) => (
          <Checkbox key={name} checked={shown.has(name)} label={t(`layers.${name}`)} size="md"
            onChange={() => {
              const next = groups.map((group) => group.name).filter((one) => shown.has(one) !== (one === name));
              noteShown(next, shownAtFirst);
            }} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
