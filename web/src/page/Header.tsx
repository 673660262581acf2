// The name of the page, the search, language, light or dark.
import { ActionIcon, Popover, SegmentedControl, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import { choose, type Language } from "../i18n";
import { MenuIcon, MoonIcon, SunIcon } from "./icons";

export function Header({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const home = useLink({ by: "nothing" });
  return (
    <header className="top">
      <a {...home} className="brand">
        <img src="icon.svg" alt="" width={34} height={34} />
        <span className="name"><strong>{t("title")}</strong> {t("subtitle")}</span>
      </a>
      <div className="searching no-print">{children}</div>
      <div className="choices no-print"><Choices /></div>
      <div className="menu no-print">
        <Popover position="bottom-end" shadow="md" trapFocus returnFocus withinPortal={false}>
          <Popover.Target><ActionIcon variant="subtle" color="gray" size={44} aria-label={t("menu")}><MenuIcon /></ActionIcon></Popover.Target>
          <Popover.Dropdown className="popover" aria-label={t("menu")}><Choices /></Popover.Dropdown>
        </Popover>
      </div>
    </header>
  );
}

function Choices() {
  const { t, i18n } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <div className="both">
      <SegmentedControl
        size="sm" radius="md" aria-label={t("language")} value={i18n.language} onChange={(value) => choose(value as Language)}
        data={[{ value: "vi", label: "VI" }, { value: "en", label: "EN" }]}
      />
      <ActionIcon variant="default" size={36} aria-label={t(dark ? "scheme.toLight" : "scheme.toDark")}
        onClick={() => setColorScheme(dark ? "light" : "dark")}>
        {dark ? <SunIcon /> : <MoonIcon />}
      </ActionIcon>
    </div>
  );
}
