// What the map shows, with what its lines, colours and patterns mean.
import { Checkbox, Popover, useComputedColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { noteShown, useShown } from "../address";
import { groups, shownAtFirst, type Group } from "../map/groups";
import { OTHER_RESTRICTION, OTHER_ZONE, RESTRICTIONS, WATER, WITHOUT_DATA, ZONES, type Mark } from "../map/legend";
import { PATTERNS, SIDE } from "../map/patterns";
import { LayersIcon } from "./icons";

export function LayersControl() {
  const { t } = useTranslation();
  const shown = useShown(shownAtFirst);
  if (groups.length === 0) return null;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus width="min(21.25rem, calc(100vw - 16px))">
      <Popover.Target>
        <button type="button" className="chip" aria-label={t("layers.label")}><LayersIcon /> {t("layers.short")}</button>
      </Popover.Target>
      <Popover.Dropdown className="popover legend" aria-label={t("layers.label")}>
        {groups.map(({ name }) => (
          <div key={name}>
            <Checkbox checked={shown.has(name)} label={t(`layers.${name}`)} size="md"
              onChange={() => {
                const next = groups.map((group) => group.name).filter((one) => shown.has(one) !== (one === name));
                noteShown(next, shownAtFirst);
              }} />
            {shown.has(name) && <Legend group={name} />}
          </div>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function Legend({ group }: { group: Group["name"] }) {
  const { t } = useTranslation();
  if (group === "zones") {
    return <ul>{[...ZONES, OTHER_ZONE].map((mark) => <li key={mark.name}><Swatch mark={mark} /> {t(`legend.zone.${mark.name}`)}</li>)}</ul>;
  }
  if (group === "restrictions") {
    return (
      <ul>
        <li><Swatch mark={WATER} opacity={1} /> {t("legend.restriction.water")}</li>
        {[...RESTRICTIONS, OTHER_RESTRICTION].map((mark) => <li key={mark.name}><Swatch mark={mark} opacity={0} dashed /> {t(`legend.restriction.${mark.name}`)}</li>)}
      </ul>
    );
  }
  if (group === "parcels") return <ul><li><Swatch mark={WITHOUT_DATA} opacity={0} /> {t("legend.withoutData")}</li></ul>;
  if (group === "roads") return <ul><li><Line className="red" dashes="5 2.5" /> {t("legend.redLine")}</li></ul>;
  if (group === "wards") return <ul><li><Line className="ward" dashes="none" /> {t("legend.wardLine")}</li></ul>;
  return null;
}

/** A piece of an area as the map draws it. */
function Swatch({ mark, opacity = 0.28, dashed }: { mark: Mark; opacity?: number; dashed?: boolean }) {
  const dark = useComputedColorScheme("light") === "dark";
  const colour = dark ? mark.dark : mark.light;
  const id = `swatch-${mark.name}-${mark.pattern ?? "none"}`;
  return (
    <svg width={34} height={20} aria-hidden="true" focusable="false">
      <defs>
        <pattern id={id} width={SIDE} height={SIDE} patternUnits="userSpaceOnUse">
          <path d={PATTERNS[mark.pattern ?? "none"]} stroke={colour} strokeWidth={mark.pattern === "dots" ? 1.6 : 1} strokeLinecap="round" fill="none" />
        </pattern>
      </defs>
      <rect x={1} y={1} width={32} height={18} fill={colour} fillOpacity={opacity} />
      <rect x={1} y={1} width={32} height={18} fill={`url(#${id})`} stroke={colour} strokeDasharray={dashed ? "4 2" : undefined} />
    </svg>
  );
}

function Line({ className, dashes }: { className: string; dashes: string }) {
  return <svg className={className} width={34} height={20} aria-hidden="true" focusable="false"><path d="M1 10H33" strokeWidth={2} strokeDasharray={dashes} fill="none" /></svg>;
}
