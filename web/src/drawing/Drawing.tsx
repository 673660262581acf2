// The drawing of a parcel: its outline among its neighbours, edge lengths, north and scale.
import { useElementSize } from "@mantine/hooks";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLink } from "../address";
import type { Metres, Neighbour, Parcel, Shape } from "../api/answer";
import { useWrite } from "../numbers";
import type { Question } from "../question";
import { boundsOf, clip, edgesOf, perimeterOf, roomiest, type Bounds, type Edge } from "./measure";

/** From metres on the plane to pixels of the drawing. */
interface View {
  width: number;
  height: number;
  scale: number;
  place: (at: Metres) => [number, number];
  visible: Bounds;
}

function viewOf(shape: Shape, width: number, height: number): View {
  const bounds = boundsOf(shape);
  const [w, h] = [Math.max(bounds.east - bounds.west, 0.5), Math.max(bounds.north - bounds.south, 0.5)];
  // Room for labels on all sides, and for a glimpse of the neighbours.
  const margin = Math.min(72, width * 0.17);
  const scale = Math.min((width - 2 * margin) / w, (height - 2 * margin) / h);
  const [cx, cy] = [(bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2];
  return {
    width, height, scale,
    place: ([x, y]) => [width / 2 + (x - cx) * scale, height / 2 - (y - cy) * scale],
    visible: {
      west: cx - width / 2 / scale, east: cx + width / 2 / scale,
      south: cy - height / 2 / scale, north: cy + height / 2 / scale,
    },
  };
}

function pathOf(shape: Shape, view: View): string {
  return shape.flat().map((ring) => {
    const places = ring.map((at) => view.place(at).map((n) => n.toFixed(1)).join(" "));
    return `M${places.join("L")}Z`;
  }).join("");
}

export function Drawing({ parcel, name, date, asked }: { parcel: Parcel; name: string; date?: string; asked: Question }) {
  const { t } = useTranslation();
  const write = useWrite();
  const { ref, width } = useElementSize();
  const id = useId();
  const wide = width || 340;
  const view = viewOf(parcel.shape, wide, Math.round(Math.min(560, Math.max(340, wide * 0.95))));
  const edges = parcel.shape.flatMap((polygon) => polygon.flatMap((ring, i) => edgesOf(ring, i > 0)));
  const described = t("drawing.description", {
    name, vertices: edges.length, perimeter: write.fixed(perimeterOf(parcel.shape), 2),
    edges: edges.slice(0, 24).map((e) => write.fixed(e.length, 2)).join("; "), neighbours: parcel.neighbours.length,
  });
  return (
    <div ref={ref} className="drawing">
      <svg viewBox={`0 0 ${view.width} ${view.height}`} width="100%" height={view.height} role="group" aria-labelledby={id}>
        <title id={id}>{described}</title>
        {parcel.neighbours.map((n) => <NeighbourShape key={n.id} neighbour={n} view={view} date={date} edges={edges} />)}
        <path className="outline" d={pathOf(parcel.shape, view)} fillRule="evenodd" />
        <Label parcel={parcel} view={view} />
        <g aria-hidden="true">
          {edges.map((edge, i) => <EdgeLength key={i} edge={edge} view={view} text={write.fixed(edge.length, 2)} />)}
          {parcel.shape.map((polygon) => polygon.map((ring, i) => <Corners key={i} ring={ring} hole={i > 0} view={view} />))}
        </g>
        <Asked asked={asked} parcel={parcel} view={view} title={t("drawing.you")} />
        <North view={view} letter={t("drawing.north")} title={t("drawing.northTitle")} />
        <ScaleBar view={view} />
      </svg>
    </div>
  );
}

interface Beside {
  neighbour: Neighbour;
  view: View;
  date: string | undefined;
  edges: Edge[];
}

function NeighbourShape({ neighbour, view, date, edges }: Beside) {
  const { t } = useTranslation();
  const link = useLink({ by: "id", id: neighbour.id, ...(date ? { date } : {}) });
  const shell = clip(neighbour.shape[0]?.[0] ?? [], view.visible);
  // Its number keeps clear of the lengths that stand beside the edges of the parcel.
  const taken = edges.map((e): Metres => [
    (e.from[0] + e.to[0]) / 2 + (e.outward[0] * 12) / view.scale,
    (e.from[1] + e.to[1]) / 2 + (e.outward[1] * 12) / view.scale,
  ]);
  const spot = roomiest(shell, { spots: taken, distance: 30 / view.scale });
  const [x, y] = spot ? view.place(spot.at) : [0, 0];
  const label = t("drawing.neighbour", { name: t("parcel.name", { ...neighbour }) });
  return (
    <a {...link} aria-label={label} className="neighbour">
      <path d={pathOf(neighbour.shape, view)} fillRule="evenodd" />
      {spot && spot.room * view.scale > 8 && <text x={x} y={y} dy="0.35em">{neighbour.number}</text>}
    </a>
  );
}

/** Land use, number over area: as cadastral maps write it. */
function Label({ parcel, view }: { parcel: Parcel; view: View }) {
  const write = useWrite();
  const spot = roomiest(parcel.shape[0]?.[0] ?? []);
  if (!spot) return null;
  const [x, y] = view.place(spot.at);
  const area = write.fixed(parcel.measuredArea, 1);
  const codes = parcel.landUse.map((line) => line.code).join("+");
  const half = Math.max(area.length, parcel.asMap.number.length) * 4.4 + 3;
  const room = spot.room * view.scale;
  if (room < 14) return null;
  return (
    <g className="label" aria-hidden="true">
      <text x={x} y={y - 6}>{parcel.asMap.number}</text>
      <line x1={x - half} x2={x + half} y1={y} y2={y} />
      <text x={x} y={y + 15}>{area}</text>
      {codes && room > 34 && <text className="code" x={x} y={y - 25}>{codes}</text>}
    </g>
  );
}

function EdgeLength({ edge, view, text }: { edge: Edge; view: View; text: string }) {
  const [ax, ay] = view.place(edge.from);
  const [bx, by] = view.place(edge.to);
  const drawn = Math.hypot(bx - ax, by - ay);
  if (drawn < text.length * 6.6 + 4) return null;
  // Beside the edge, along it, and never upside down.
  const [x, y] = [(ax + bx) / 2 + edge.outward[0] * 12, (ay + by) / 2 - edge.outward[1] * 12];
  let turn = (Math.atan2(by - ay, bx - ax) * 180) / Math.PI;
  if (turn > 90) turn -= 180;
  if (turn <= -90) turn += 180;
  return <text className="length" x={x} y={y} dy="0.35em" transform={`rotate(${turn.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})`}>{text}</text>;
}

/** A dot at each vertex, and its number where there is room for it. */
function Corners({ ring, hole, view }: { ring: Metres[]; hole: boolean; view: View }) {
  const edges = edgesOf(ring, hole);
  const roomy = ring.length <= 30;
  return edges.map((edge, i) => {
    const before = edges[(i + edges.length - 1) % edges.length] as Edge;
    const [x, y] = view.place(edge.from);
    const away: Metres = [edge.outward[0] + before.outward[0], edge.outward[1] + before.outward[1]];
    const far = Math.hypot(...away) || 1;
    const numbered = roomy && !hole && Math.min(edge.length, before.length) * view.scale > 20;
    return (
      <g key={i} className="corner">
        <circle cx={x} cy={y} r={roomy ? 2.6 : 1.6} />
        {numbered && <text x={x + (away[0] / far) * 13} y={y - (away[1] / far) * 13} dy="0.35em">{i + 1}</text>}
      </g>
    );
  });
}

/** The position asked for, placed by its share of the parcel's envelope: true to some centimetres. */
function Asked({ asked, parcel, view, title }: { asked: Question; parcel: Parcel; view: View; title: string }) {
  const bounds = boundsOf(parcel.shape);
  const [west, south, east, north] = parcel.degrees;
  let at: Metres;
  let radius = 0;
  if (asked.by === "position" && east > west && north > south) {
    at = [
      bounds.west + ((asked.lon - west) / (east - west)) * (bounds.east - bounds.west),
      bounds.south + ((asked.lat - south) / (north - south)) * (bounds.north - bounds.south),
    ];
    radius = (asked.accuracy ?? 0) * view.scale;
  } else if (asked.by === "planar" && asked.crs.replace("EPSG:", "") === String(parcel.epsg)) {
    at = [asked.east, asked.north];
  } else {
    return null;
  }
  const [x, y] = view.place(at);
  return (
    <g className="asked" role="img" aria-label={title}>
      {radius > 0 && <circle className="uncertain" cx={x} cy={y} r={radius} />}
      <circle className="dot" cx={x} cy={y} r={6} />
    </g>
  );
}

function North({ view, letter, title }: { view: View; letter: string; title: string }) {
  return (
    <g className="north" transform={`translate(${view.width - 26} 14)`} role="img" aria-label={title}>
      <circle cx={0} cy={18} r={19} />
      <path d="M0 2 6 21 0 17 -6 21Z" />
      <text x={0} y={33}>{letter}</text>
    </g>
  );
}

function ScaleBar({ view }: { view: View }) {
  const write = useWrite();
  const wanted = (view.width * 0.26) / view.scale;
  const tenth = 10 ** Math.floor(Math.log10(wanted));
  const metres = [5, 2, 1].map((n) => n * tenth).find((n) => n <= wanted) ?? tenth;
  const length = metres * view.scale;
  return (
    <g className="scale" transform={`translate(14 ${view.height - 14})`} aria-hidden="true">
      <rect x={-8} y={-22} width={length + 16} height={30} rx={4} />
      <path d={`M0-5V0H${length.toFixed(1)}V-5`} />
      <text x={length / 2} y={-7}>{write.fixed(metres, metres < 1 ? 1 : 0)} m</text>
    </g>
  );
}
