// Numbers and days as people of the chosen language write them.
import { useTranslation } from "react-i18next";

export interface Write {
  /** With exactly this many decimals. */
  fixed(value: number, decimals: number): string;
  /** Square metres with one or two decimals. */
  area(value: number): string;
  /** 0.71 as 71 %. */
  share(value: number): string;
  /** `2025-07-01` as people write it. */
  day(iso: string): string;
}

function writer(locale: string): Write {
  const fixed = (value: number, decimals: number) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
  return {
    fixed,
    area: (value) => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 }).format(value),
    share: (value) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: value < 0.01 ? 1 : 0 }).format(value),
    day: (iso) => {
      const at = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
      if (Number.isNaN(at.getTime())) return iso;
      return new Intl.DateTimeFormat(locale, {
        timeZone: "UTC", day: "2-digit", month: locale === "vi-VN" ? "2-digit" : "short", year: "numeric",
      }).format(at);
    },
  };
}

const WRITERS = { vi: writer("vi-VN"), en: writer("en-GB") };

export function useWrite(): Write {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? WRITERS.en : WRITERS.vi;
}
