// What to take away of a house: its link, a page on paper, signed evidence.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import { LinkIcon, PrintIcon } from "../page/icons";
import { SealIcon } from "../panel/signs";
import { evidence, type CheckBody } from "./check";

export function Take({ parcel, body, language }: { parcel: Parcel; body: CheckBody; language: string }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState<"shared" | "copyFailed" | "evidenceFailed" | "signed">();
  const copy = async () => {
    // The address follows what is drawn after a moment.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await navigator.clipboard.writeText(location.href).then(() => setSaid("shared"), () => setSaid("copyFailed"));
  };
  const download = async () => {
    try {
      const address = URL.createObjectURL(await evidence(body, language));
      const link = Object.assign(document.createElement("a"), { href: address, download: `diachinh-${parcel.id}.json` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      setSaid("signed");
    } catch {
      setSaid("evidenceFailed");
    }
  };
  return (
    <Group gap="xs" className="take no-print">
        <Button variant="default" size="md" leftSection={<LinkIcon />} onClick={() => void copy()}>{t("house.share")}</Button>
        <Button variant="default" size="md" leftSection={<PrintIcon />} onClick={() => print()}>{t("parcel.print")}</Button>
        <Button variant="default" size="md" leftSection={<SealIcon />} onClick={() => void download()}>{t("house.evidence")}</Button>
        <span role="status" className="copied">{said ? t(`house.said.${said}`) : ""}</span>
    </Group>
  );
}
