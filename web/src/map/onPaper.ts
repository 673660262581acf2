// A piece of the map as a picture for paper, with a scale.
import type { Map } from "maplibre-gl";
import type { Bounds } from "../settings";

/** Draws the map around bounds, as large as the map allows; false where their middle is not on it. */
export function drawOn(map: Map, canvas: HTMLCanvasElement, [west, south, east, north]: Bounds): boolean {
  const shown = map.getCanvas();
  const context = canvas.getContext("2d");
  const [wide, high] = [shown.clientWidth, shown.clientHeight];
  if (!context || wide === 0 || high === 0) return false;
  const middle = map.project([(west + east) / 2, (south + north) / 2]);
  if (middle.x < 0 || middle.x > wide || middle.y < 0 || middle.y > high) return false;
  const ratio = canvas.width / canvas.height;
  const width = Math.min(wide, high * ratio, Math.max(320, wide * 0.6));
  const height = width / ratio;
  const between = (least: number, value: number, most: number) => Math.min(most, Math.max(least, value));
  const [x, y] = [between(0, middle.x - width / 2, wide - width), between(0, middle.y - height / 2, high - height)];
  const dense = shown.width / wide;
  // What WebGL has drawn can be read only until the browser has shown it.
  map.redraw();
  context.drawImage(shown, x * dense, y * dense, width * dense, height * dense, 0, 0, canvas.width, canvas.height);
  const [from, to] = [map.unproject([x, y]), map.unproject([x + width, y])];
  drawScale(context, from.distanceTo(to) / canvas.width);
  return true;
}

/** A line of a round length at the lower left. */
function drawScale(context: CanvasRenderingContext2D, metresOfPixel: number): void {
  const { height, width } = context.canvas;
  const most = metresOfPixel * width * 0.25;
  const tenth = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((times) => times * tenth).find((length) => length <= most) ?? tenth;
  const length = metres / metresOfPixel;
  context.fillStyle = "rgb(255 255 255 / 85%)";
  context.fillRect(14, height - 56, length + 28, 42);
  context.fillStyle = context.strokeStyle = "#16232a";
  context.lineWidth = 3;
  context.stroke(new Path2D(`M28 ${height - 34}V${height - 24}H${28 + length}V${height - 34}`));
  context.font = "600 22px 'Inter Variable', sans-serif";
  context.textAlign = "center";
  context.fillText(`${metres} m`, 28 + length / 2, height - 32);
}
