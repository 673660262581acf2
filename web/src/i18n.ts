// The two languages of the page: the one that the reader chose, or else the one that the server found
// the browser to prefer; Vietnamese where it prefers neither.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./messages/en.json";
import vi from "./messages/vi.json";
import { noteLanguage } from "./address";

export type Language = "vi" | "en";
const KEPT = "diachinh.language";

function chosen(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? read() ?? document.documentElement.lang;
  return asked === "en" ? "en" : "vi";
}

/** What the browser asks the server for by itself. */
function usual(): Language {
  const spoken = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  return spoken.find((tag) => tag === "vi" || tag === "en") === "en" ? "en" : "vi";
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
  noteLanguage(language, usual());
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
