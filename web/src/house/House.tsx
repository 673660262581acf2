// A house drawn on a parcel: its lengths, what is told of it, and what the rules say, while it changes.
import "./house.css";
import { useEffect, useMemo, useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { noteHouse } from "../address";
import type { Parcel } from "../api/answer";
import { AGAIN_MS, Problem } from "../api/client";
import { linkTo } from "../page/Paper";
import { useSheet } from "../page/Sheet";
import { Buildable } from "./Buildable";
import { asking, begin, drawn, end, knowAsks, knowLot, put, redo, renew, tell, undo, useDrawn, type Drawn } from "./drawn";
import { bodyOf, check, inTurn, type Check, type CheckBody } from "./check";
import { useEnvelope } from "./envelope";
import { Fields } from "./Fields";
import { firstRectangle, frameOf, type Edge, type Lot } from "./frame";
import { Plan } from "./Plan";
import { counterClockwise, type Polygon } from "./plane";
import { Rectangle } from "./Rectangle";
import { localOf, originOf } from "./sight";
import { heightOf } from "./solid";
import { Space } from "./Space";
import { Take } from "./Take";
import { Tools } from "./Tools";
import { Total } from "./Total";
import { Verdicts } from "./Verdicts";
import { Walls } from "./Walls";

export default function House({ parcel, date, text }: { parcel: Parcel; date: string | undefined; text: string }) {
  const top = useRef<HTMLDivElement>(null);
  const { setHeight } = useSheet();
  // Another version of the parcel has another first vertex, from which all is counted.
  const version = `${parcel.id} ${parcel.epsg} ${originOf(parcel).join(" ")}`;
  const known = useRef({ parcel, text });
  known.current = { parcel, text };
  useEffect(() => {
    const { parcel: own, text: told } = known.current;
    begin(own, told);
    setHeight("half");
    top.current?.scrollIntoView({ block: "start" });
    // Whoever has just begun is where the drawing is; a shared address is read from its top.
    if (told === own.id) top.current?.focus({ preventScroll: true });
    return end;
  }, [version, setHeight]);
  useEffect(() => renew(parcel), [parcel]);
  useLot(parcel, date);
  useVerdicts(parcel, date);
  const state = useDrawn();
  return (
    <div ref={top} className="drawing-house" tabIndex={-1} onKeyDown={undoing}>
      {state && <Panel key={version} state={state} date={date} />}
    </div>
  );
}

function Panel({ state, date }: { state: Drawn; date: string | undefined }) {
  const { t, i18n } = useTranslation();
  const { ring, parcel, origin, fields, faults } = state;
  const levels = useEnvelope(state, date)?.levels ?? [];
  const body = useMemo(() => ring && bodyOf(parcel.id, parcel.epsg, [[ring]], origin, fields, date), [ring, parcel, origin, fields, date]);
  return (
    <>
      <div className="house-top">
        <Total state={state} />
        <Tools state={state} solid={levels.length > 0 || (ring !== undefined && heightOf(state) !== undefined)} />
      </div>
      {state.solid && <Space state={state} levels={levels} />}
      {state.unread && <p className="unread" role="status">{t("house.unread")}</p>}
      <Plan />
      {state.taps !== undefined && <p className="means" role="status">{t(state.taps.length < 3 ? "house.tapping" : "house.tappingOn", { count: state.taps.length })}</p>}
      <Rectangle state={state} />
      {ring && <Walls state={state} ring={ring} />}
      <Fields state={state} />
      {state.answer && ring && !state.problem && <Verdicts state={state} answer={state.answer} />}
      <Buildable state={state} date={date} />
      {ring && <p className="print-only whole-link">{linkTo(parcel, date)}</p>}
      {body && faults.length === 0 && <Take parcel={parcel} body={body} language={i18n.language} />}
      <button type="button" className="plain-button no-print" onClick={() => noteHouse(undefined)}>{t("house.end")}</button>
    </>
  );
}

/** Undo and redo by the keys of the system, but for what is being typed. */
function undoing(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const again = key === "y" || (key === "z" && event.shiftKey);
  if (!again && key !== "z") return;
  event.preventDefault();
  if (again) redo();
  else undo();
}

/** Rings of the parcel in millimetres. */
const polygonsOf = (parcel: Parcel): Polygon[] => {
  const origin = originOf(parcel);
  return parcel.shape.map((rings) => rings.map((ring) => ring.map((metres) => localOf(origin, metres))));
};

/** The lot as the server has derived it. */
function lotOf({ site }: Check, parcel: Parcel): Lot {
  const origin = originOf(parcel);
  type Lines = { coordinates: [number, number][] };
  const polygons = (site.lot as unknown as { coordinates: [number, number][][][] }).coordinates;
  const edges = site.edges.map(({ facing, line, street }): Edge => {
    const [from = [0, 0], to = [0, 0]] = (line as unknown as Lines).coordinates;
    return { facing: facing as Edge["facing"], from: localOf(origin, from), to: localOf(origin, to), street: street ?? null };
  });
  return {
    polygons: polygons.map((rings) => rings.map((ring, i) => {
      const open = ring.slice(0, -1).map((metres) => localOf(origin, metres));
      return i === 0 ? counterClockwise(open) : open;
    })),
    edges,
  };
}

/** The parcel for the lot where the server cannot derive one. */
function parcelAsLot(parcel: Parcel): Lot {
  const polygons = polygonsOf(parcel).map((rings) => rings.map(counterClockwise));
  const edges = polygons.flatMap(([shell = []]) => shell.map((from, i): Edge => ({
    facing: "side", from, to: shell[(i + 1) % shell.length] ?? from, street: null,
  })));
  return { polygons, edges };
}

/** Asks what the lot is by the question whether a house may stand on all of the parcel. */
function useLot(parcel: Parcel, date: string | undefined): void {
  const { i18n } = useTranslation();
  useEffect(() => {
    const control = new AbortController();
    const know = (lot: Lot) => {
      const frame = frameOf(lot);
      knowLot(lot, frame);
      if (drawn()?.fresh && frame) put(firstRectangle(frame, lot));
    };
    const all = polygonsOf(parcel);
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      check(bodyOf(parcel.id, parcel.epsg, all, originOf(parcel), drawn()?.fields ?? {}, date), i18n.language, control.signal)
        .then((answer) => {
          knowAsks(answer.asks);
          know(lotOf(answer, parcel));
          if (!drawn()?.ring) tell(undefined, undefined);
        })
        .catch((problem: unknown) => {
          if (control.signal.aborted) return;
          if (problem instanceof Problem && !drawn()?.ring) tell(undefined, problem);
          // What the parcel is alone stands in for the lot only where no answer will come.
          if (problem instanceof Problem && problem.passes) again = setTimeout(ask, AGAIN_MS);
          else know(parcelAsLot(parcel));
        });
    };
    ask();
    return () => {
      control.abort();
      clearTimeout(again);
    };
  }, [parcel, date, i18n.language]);
}

/** Verdicts follow what is drawn. */
function useVerdicts(parcel: Parcel, date: string | undefined): void {
  const { i18n } = useTranslation();
  const state = useDrawn();
  const language = i18n.language;
  const turn = useMemo(() => inTurn<CheckBody, Check>(
    (body, signal) => check(body, language, signal),
    (asked, answer) => (answer instanceof Problem ? tell(undefined, answer) : tell(answer, undefined, asked)),
  ), [language]);
  useEffect(() => () => turn.end(), [turn]);
  const [ring, fields, origin] = [state?.ring, state?.fields, state?.origin];
  const wrong = (state?.faults.length ?? 0) > 0;
  useEffect(() => {
    if (!ring || !fields || !origin || wrong) turn.end();
    else {
      const body = bodyOf(parcel.id, parcel.epsg, [[ring]], origin, fields, date);
      asking(body);
      turn.ask(body);
    }
  }, [turn, parcel, ring, fields, origin, date, wrong]);
}
