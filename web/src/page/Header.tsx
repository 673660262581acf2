// The name of the page, its language, light or dark.
import { ActionIcon, Container, Group, SegmentedControl, Text, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import { choose, type Language } from "../i18n";
import { MoonIcon, SunIcon } from "./icons";

export function Header({ synthetic }: { synthetic: boolean }) {
  const { t, i18n } = useTranslation();
  const home = useLink({ by: "nothing" });
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <header className="top">
      <Container size="lg" px={{ base: "sm", sm: "lg" }}>
        <Group justify="space-between" wrap="nowrap" gap="sm" h={64}>
          <a {...home} className="brand">
            <img src="/icon.svg" alt="" width={34} height={34} />
            <span>
              <strong>{t("title")}</strong>
              <Text span size="sm" c="dimmed" visibleFrom="xs">{t("subtitle")}</Text>
            </span>
          </a>
          <Group gap={8} wrap="nowrap" className="no-print">
            <SegmentedControl
              size="sm" radius="md" aria-label={t("language")} value={i18n.language}
              onChange={(value) => choose(value as Language)}
              data={[{ value: "vi", label: "VI" }, { value: "en", label: "EN" }]}
            />
            <ActionIcon
              variant="default" size={36} aria-label={t(dark ? "scheme.toLight" : "scheme.toDark")}
              onClick={() => setColorScheme(dark ? "light" : "dark")}
            >
              {dark ? <SunIcon /> : <MoonIcon />}
            </ActionIcon>
          </Group>
        </Group>
      </Container>
      {synthetic && <p className="synthetic">{t("synthetic")}</p>}
    </header>
  );
}
