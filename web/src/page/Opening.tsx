// The server sent the page before it had opened its register: says so, and shows the page as soon
// as the register is there.
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { AGAIN_MS, fetchJson } from "../api/client";

export function Opening() {
  const { t } = useTranslation();
  const { isSuccess, refetch } = useQuery({
    queryKey: ["opened"],
    queryFn: ({ signal }) => fetchJson("collections/parcels", signal),
    retry: false,
    refetchInterval: AGAIN_MS,
  });
  useEffect(() => {
    // The page as the server sends it now has the city, its map and the answer in it.
    if (isSuccess) location.reload();
  }, [isSuccess]);
  return (
    <section role="status" className="nothing opening">
      <span className="sign"><Loader size="sm" aria-hidden="true" /></span>
      <h1>{t("opening.heading")}</h1>
      <p>{t("opening.more")}</p>
      <Button mt="md" variant="default" onClick={() => void refetch()}>{t("failure.retry")}</Button>
    </section>
  );
}
