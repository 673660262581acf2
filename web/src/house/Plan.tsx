// The house on its lot as a drawing for paper, where there is no map.
import { useTranslation } from "react-i18next";
import { useWrite } from "../numbers";
import { useDrawn } from "./drawn";
import { at, distance, type Ring } from "./plane";
import { outwardOf } from "./moving";
import { localOf } from "./sight";
import { failing } from "./witness";

export function Plan() {
  const { t } = useTranslation();
  const write = useWrite();
  const state = useDrawn();
  if (!state?.ring || !state.lot) return null;
  const { ring, lot, parcel, origin } = state;
  const rings = parcel.shape.flat().map((one) => one.map((metres) => localOf(origin, metres)));
  const all = [...rings.flat(), ...ring];
  const [east, north] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [west, top] = [Math.min(...east), Math.max(...north)];
  const [wide, high] = [Math.max(...east) - west, top - Math.min(...north)];
  const scale = Math.min(420 / wide, 420 / high);
  const x = (mm: number) => (mm - west) * scale + 40;
  const y = (mm: number) => (top - mm) * scale + 40;
  const path = (one: Ring) => `M${one.map((p) => `${x(p[0]).toFixed(1)} ${y(p[1]).toFixed(1)}`).join("L")}Z`;
  const bad = failing(state);
  return (
    <svg className="plan print-only" viewBox={`0 0 ${(wide * scale + 80).toFixed(0)} ${(high * scale + 80).toFixed(0)}`} width={wide * scale + 80} role="img" aria-label={t("house.plan")}>
      <path className="of-parcel" d={rings.map(path).join("")} />
      <path className="of-lot" d={lot.polygons.flat().map(path).join("")} />
      <path className="of-house" d={path(ring)} />
      {bad.map((one, i) => <path key={i} className="of-witness" d={one.rings.map((r) => (one.area ? path(r) : path(r).replace(/Z$/, ""))).join("")} fill={one.area ? undefined : "none"} />)}
      {ring.map((from, i) => {
        const [to, out] = [at(ring, i + 1), outwardOf(ring, i)];
        const [mx, my] = [x((from[0] + to[0]) / 2) + out.east * 18, y((from[1] + to[1]) / 2) - out.north * 18];
        return <text key={i} x={mx} y={my + 4}>{write.fixed(distance(from, to) / 1000, 2)}</text>;
      })}
    </svg>
  );
}
