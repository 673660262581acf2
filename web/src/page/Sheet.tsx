// The panel with what was found: a column beside the map, on a phone a sheet of three heights.
import { createContext, useCallback, useContext, useMemo, useRef, useState, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GripIcon } from "./icons";

export type Height = "low" | "half" | "high";

interface SheetState {
  height: Height;
  setHeight: (height: Height) => void;
}

const Context = createContext<SheetState>({ height: "half", setHeight: () => {} });

export function SheetProvider({ children }: { children: ReactNode }) {
  const [height, setHeight] = useState<Height>("half");
  const state = useMemo(() => ({ height, setHeight }), [height]);
  return <Context value={state}>{children}</Context>;
}

export const useSheet = () => useContext(Context);

/** What a height is in pixels, as the style sheet has it. */
export function pixelsOf(height: Height): number {
  const high = Math.max(220, innerHeight - 116);
  return { low: 148, half: Math.round(innerHeight * 0.46), high }[height];
}

const HEIGHTS: Height[] = ["low", "half", "high"];
const NEXT: Record<Height, Height> = { low: "half", half: "high", high: "low" };

export function Sheet({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { height, setHeight } = useSheet();
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useDrag(sheet, height, setHeight);
  return (
    <div ref={sheet} className="sheet" data-height={height}>
      <button type="button" className="grip no-print" {...drag} aria-label={t(height === "high" ? "sheet.lower" : "sheet.raise")}
        aria-expanded={height !== "low"} aria-controls="result"
        onKeyDown={(event) => {
          const step = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
          const next = HEIGHTS[HEIGHTS.indexOf(height) + step];
          if (step !== 0 && next) setHeight(next);
        }}>
        <GripIcon />
      </button>
      {children}
    </div>
  );
}

/** Pulling the grip moves the sheet; let go, it takes the nearest of its heights. */
function useDrag(sheet: React.RefObject<HTMLDivElement | null>, height: Height, setHeight: (height: Height) => void) {
  const pulled = useRef<{ from: number; at: number; moved: boolean }>(undefined);
  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    if (!sheet.current) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pulled.current = { from: event.clientY, at: sheet.current.clientHeight, moved: false };
  }, [sheet]);
  const onPointerMove = useCallback((event: PointerEvent<HTMLElement>) => {
    const pull = pulled.current;
    if (!pull || !sheet.current) return;
    const by = pull.from - event.clientY;
    pull.moved ||= Math.abs(by) > 6;
    if (!pull.moved) return;
    sheet.current.style.transition = "none";
    sheet.current.style.height = `${Math.min(pixelsOf("high"), Math.max(72, pull.at + by))}px`;
  }, [sheet]);
  const onPointerUp = useCallback(() => {
    const pull = pulled.current;
    const element = sheet.current;
    if (!pull || !element) return;
    const now = element.clientHeight;
    element.style.transition = "";
    element.style.height = "";
    if (!pull.moved) return;
    const near = (one: Height) => Math.abs(pixelsOf(one) - now);
    setHeight(HEIGHTS.reduce((best, one) => (near(one) < near(best) ? one : best)));
  }, [sheet, setHeight]);
  const onClick = useCallback(() => {
    // A pull ends with a click, which is none.
    const moved = pulled.current?.moved;
    pulled.current = undefined;
    if (!moved) setHeight(NEXT[height]);
  }, [height, setHeight]);
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onClick };
}
