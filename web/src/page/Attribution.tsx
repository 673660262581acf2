// Whose data the map shows.
import { useTranslation } from "react-i18next";
import { settings } from "../settings";

export function Attribution() {
  const { t } = useTranslation();
  return (
    <p className="attribution">
      {settings.base && <>{settings.base.attribution} · </>}{t("footer.attribution")}
    </p>
  );
}
