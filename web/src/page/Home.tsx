// What the page can do, before anything is asked.
import { useTranslation } from "react-i18next";

export function Home() {
  const { t } = useTranslation();
  return (
    <section className="home">
      <h2>{t("home.heading")}</h2>
      <ol>
        {(["text", "here", "coordinates"] as const).map((way) => (
          <li key={way}>
            <h3>{t(`home.${way}`)}</h3>
            <p>{t(`home.${way}More`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
