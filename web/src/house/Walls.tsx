// The walls and corners of a house as a list: chosen, moved by arrow keys or by typed lengths.
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import { Behind } from "../panel/Behind";
import { choose, step, type Chosen, type Drawn } from "./drawn";
import { NumberField } from "./NumberField";
import { at, distance, type Point, type Ring, type Way } from "./plane";
import { cornerMoved, outwardOf, split, wallMoved, withoutCorner } from "./moving";

const STEP_MM = 100;
const FINE_MM = 10;

/** Which way a wall looks, seen from the street. */
function sideOf(out: Way, { frame }: Drawn): "front" | "rear" | "left" | "right" | "slanted" {
  if (!frame) return "slanted";
  const [right, deep] = [out.east * frame.along.east + out.north * frame.along.north, out.east * frame.into.east + out.north * frame.into.north];
  if (deep < -0.8) return "front";
  if (deep > 0.8) return "rear";
  if (right < -0.8) return "left";
  return right > 0.8 ? "right" : "slanted";
}

export function Walls({ state, ring }: { state: Drawn; ring: Ring }) {
  const { t } = useTranslation();
  const write = useWrite();
  const polygons = state.lot?.polygons ?? [];
  const { chosen } = state;
  const wall = (i: number, by: number) => step({ ring: wallMoved(ring, i, by, polygons) ?? ring }, `wall${i}`);
  const corner = (i: number, [east, north]: Point, by: Point) => step({ ring: cornerMoved(ring, i, [east + by[0], north + by[1]], polygons) ?? ring }, `corner${i}`);
  const wallKeys = (event: KeyboardEvent, i: number) => {
    const sign = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
    if (!sign) return;
    event.preventDefault();
    wall(i, sign * (event.shiftKey ? FINE_MM : STEP_MM));
  };
  const cornerKeys = (event: KeyboardEvent, i: number, place: Point) => {
    const way = { ArrowUp: [0, 1], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowLeft: [-1, 0] }[event.key];
    if (event.key === "Delete" && ring.length > 3) step({ ring: withoutCorner(ring, i) ?? ring }, "");
    if (!way) return;
    event.preventDefault();
    const by = event.shiftKey ? FINE_MM : STEP_MM;
    corner(i, place, [(way[0] as number) * by, (way[1] as number) * by]);
  };
  const isChosen = (one: Chosen) => chosen?.kind === one.kind && chosen.at === one.at;
  const pick = (one: Chosen) => choose(isChosen(one) ? undefined : one);
  return (
    <Behind className="walls no-print" summary={<span>{t("house.walls", { count: ring.length })}</span>} onOpened={(open) => !open && choose(undefined)}>{() => (
      <>
        <p className="means">{t("house.keys")}</p>
        <ul>
          {ring.map((place, i) => {
            const [own, edge] = [{ kind: "corner", at: i } as const, { kind: "wall", at: i } as const];
            const side = t(`house.side.${sideOf(outwardOf(ring, i), state)}`);
            const long = write.fixed(distance(place, at(ring, i + 1)) / 1000, 2);
            return (
              <li key={i}>
                <button type="button" aria-pressed={isChosen(own)} onClick={() => pick(own)} onKeyDown={(event) => cornerKeys(event, i, place)}>{t("house.corner", { n: i + 1 })}</button>
                <button type="button" aria-pressed={isChosen(edge)} onClick={() => pick(edge)} onKeyDown={(event) => wallKeys(event, i)}>{t("house.wall", { side, m: long })}</button>
                {isChosen(edge) && <MoveWall onMove={(by) => wall(i, by)} onSplit={() => step({ ring: split(ring, i, polygons) }, "")} />}
                {isChosen(own) && <MoveCorner onMove={(by) => corner(i, place, by)} onDelete={ring.length > 3 ? () => step({ ring: withoutCorner(ring, i) ?? ring }, "") : undefined} />}
              </li>
            );
          })}
        </ul>
      </>
    )}</Behind>
  );
}

/** A wall moved by buttons, or by a typed length. */
function MoveWall({ onMove, onSplit }: { onMove: (by: number) => void; onSplit: () => void }) {
  const { t } = useTranslation();
  const [metres, setMetres] = useState<number | undefined>(0.1);
  const by = Math.round((metres ?? 0) * 1000);
  return (
    <div className="move">
      <NumberField label={t("house.moveBy")} unit="m" decimals={3} value={metres} onValue={setMetres} />
      <button type="button" onClick={() => onMove(by)}>{t("house.outward")}</button>
      <button type="button" onClick={() => onMove(-by)}>{t("house.inward")}</button>
      <button type="button" onClick={onSplit}>{t("house.split")}</button>
    </div>
  );
}

function MoveCorner({ onMove, onDelete }: { onMove: (by: Point) => void; onDelete: (() => void) | undefined }) {
  const { t } = useTranslation();
  const ways = [["north", 0, STEP_MM], ["south", 0, -STEP_MM], ["east", STEP_MM, 0], ["west", -STEP_MM, 0]] as const;
  return (
    <div className="move">
      {ways.map(([name, east, north]) => <button key={name} type="button" onClick={() => onMove([east, north])}>{t(`house.to.${name}`)}</button>)}
      {onDelete && <button type="button" onClick={onDelete}>{t("house.deleteCorner")}</button>}
    </div>
  );
}
