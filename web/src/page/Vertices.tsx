// The vertices of a parcel in metres on its own plane, as surveyors write them, with edges.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Parcel } from "../api/answer";
import { edgesOf } from "../drawing/measure";
import { useWrite } from "../numbers";
import { planeName } from "../planes";

/** Above this many vertices the table is closed at first. */
const SHORT = 12;

interface Row {
  ring: string;
  vertex: number;
  north: number;
  east: number;
  edge: number;
}

export function Vertices({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  const write = useWrite();
  const rows: Row[] = parcel.shape.flatMap((polygon, part) =>
    polygon.flatMap((ring, i) => edgesOf(ring, i > 0).map((edge, n) => ({
      ring: i > 0 ? t("vertices.ring", { n: i }) : parcel.shape.length > 1 ? t("vertices.part", { n: part + 1 }) : "",
      vertex: n + 1, north: edge.from[1], east: edge.from[0], edge: edge.length,
    }))));
  const [open, setOpen] = useState(rows.length <= SHORT);
  const table = rows.map((r) => [r.ring, r.vertex, r.north.toFixed(3), r.east.toFixed(3), r.edge.toFixed(3)].join("\t")).join("\n");
  return (
    <section className="panel vertices" aria-labelledby="vertices-heading">
      <div className="bar">
        <h2 id="vertices-heading">{t("vertices.heading")}</h2>
        <div className="no-print">
          <Button size="compact-sm" variant="subtle" onClick={() => void navigator.clipboard?.writeText(table)}>{t("vertices.copy")}</Button>
          {rows.length > SHORT && (
            <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? t("vertices.hide") : t("vertices.show", { count: rows.length })}
            </Button>
          )}
        </div>
      </div>
      <p className="note">{t("vertices.plane", { plane: planeName(parcel.epsg), crs: `EPSG:${parcel.epsg}` })}</p>
      <div className={open ? "table" : "table closed"} tabIndex={0} role="group" aria-label={t("vertices.heading")}>
        <table>
          <thead><tr><th scope="col">{t("vertices.vertex")}</th><th scope="col">{t("vertices.north")}</th><th scope="col">{t("vertices.east")}</th><th scope="col">{t("vertices.edge")}</th></tr></thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                <th scope="row">{row.ring && <small>{row.ring} </small>}{row.vertex}</th>
                <td>{write.fixed(row.north, 3)}</td><td>{write.fixed(row.east, 3)}</td><td>{write.fixed(row.edge, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
