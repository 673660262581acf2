// The two languages of the page; Vietnamese unless the reader chose otherwise.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./messages/en.json";
import vi from "./messages/vi.json";
import { noteLanguage } from "./address";

export type Language = "vi" | "en";
const KEPT = "diachinh.language";

function chosen(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? read();
  return asked === "en" ? "en" : "vi";
}

function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // Storage is off; the choice lasts for this page only.
  }
}

export function choose(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // As above.
  }
  noteLanguage(language);
  void i18next.changeLanguage(language);
}

function announce(language: string): void {
  document.documentElement.lang = language;
}

i18next.on("languageChanged", announce);
void i18next.use(initReactI18next).init({
  lng: chosen(),
  fallbackLng: "vi",
  resources: { vi: { translation: vi }, en: { translation: en } },
  interpolation: { escapeValue: false },
  showSupportNotice: false,
});

export default i18next;
