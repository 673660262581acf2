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

/** What a key was made into the first time: to make what writes numbers takes a slow phone longer
 * than all that it writes. */
function once<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function writer(locale: string): Write {
  const decimals = once((count) => new Intl.NumberFormat(locale, { minimumFractionDigits: count, maximumFractionDigits: count }));
  const area = once(() => new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 }));
  const share = once((count) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: count }));
  const day = once(() => new Intl.DateTimeFormat(locale, {
    timeZone: "UTC", day: "2-digit", month: locale === "vi-VN" ? "2-digit" : "short", year: "numeric",
  }));
  return {
    // What rounds to nothing has no sign.
    fixed: (value, count) => decimals(count).format(Number(value.toFixed(count)) === 0 ? 0 : value),
    area: (value) => area(0).format(value),
    share: (value) => share(value < 0.01 ? 1 : 0).format(value),
    day: (iso) => {
      const at = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
      return Number.isNaN(at.getTime()) ? iso : day(0).format(at);
    },
  };
}

const WRITERS = { vi: writer("vi-VN"), en: writer("en-GB") };

export function useWrite(): Write {
  const { i18n } = useTranslation();
  return i18n.language === "en" ? WRITERS.en : WRITERS.vi;
}
