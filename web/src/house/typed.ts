// What is typed for a number: the number exactly as it stands there, or what is wrong with it.

/** Digits as people write them, without exponents. */
const PLAIN = /^-?\d+([.,]\d+)?$/;
/** Farther no number goes. */
const MOST = 100_000;

export interface Range {
  decimals: number;
  least: number;
  /** Whether the least itself is too little. */
  beyond: boolean;
  /** Whether it has to be told. */
  required: boolean;
}

export interface Fault {
  says: "required" | "notANumber" | "twoWays" | "notWhole" | "tooFine" | "tooLittle" | "notBeyond" | "tooMuch";
  with?: Record<string, string | number>;
}

/** Nothing where nothing has to be told; never another number than the one that is typed. */
export function numberOf(text: string, { decimals, least, beyond, required }: Range, locale: "vi-VN" | "en-GB"): { number?: number; fault?: Fault } {
  const typed = text.trim();
  if (typed === "") return required ? { fault: { says: "required" } } : {};
  const example = decimals === 0 ? "3" : locale === "vi-VN" ? "3,5" : "3.5";
  if (!PLAIN.test(typed)) return { fault: { says: "notANumber", with: { example } } };
  const [whole = "", fine = ""] = typed.split(/[.,]/);
  const grouped = typed.includes(locale === "vi-VN" ? "." : ",");
  if (grouped && /^-?[1-9]\d{0,2}$/.test(whole) && fine.length === 3) {
    const shares = Number(fine) === 0 ? whole : `${whole}${locale === "vi-VN" ? "," : "."}${fine.replace(/0+$/, "")}`;
    return { fault: { says: "twoWays", with: { typed, thousands: `${whole}${fine}`, shares } } };
  }
  const number = Number(`${whole}.${fine || "0"}`);
  if (number < least || (beyond && number <= least)) return { fault: decimals === 0 ? { says: "notWhole", with: { example } } : { says: beyond ? "notBeyond" : "tooLittle", with: { least } } };
  if (fine.replace(/0+$/, "").length > decimals) return { fault: decimals === 0 ? { says: "notWhole", with: { example } } : { says: "tooFine", with: { decimals } } };
  if (number >= MOST) return { fault: { says: "tooMuch", with: { most: MOST } } };
  // A minus before nothing says nothing.
  return { number: number === 0 ? 0 : number };
}
