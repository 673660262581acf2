// A pointer on the map: pulls walls, corners and the whole house, and taps corners of an outline.
import type * as maplibre from "maplibre-gl";
import { useEffect } from "react";
import { choose, close, drawn, letGo, pull, tap, type Chosen } from "./drawn";
import { closedRing, cornerMoved, heldPlace, heldWall, nextCorner, outwardOf, wallMoved } from "./moving";
import { at, covers, distance, isSimple, nearestOn, settled, type Point, type Polygon, type Ring } from "./plane";
import type { Sight } from "./sight";

/** How near a pointer takes hold of a corner or a wall, in pixels: a finger is broader than a mouse. */
const FINGER_PX = 22;
const MOUSE_PX = 11;
/** A place is held on the lot within this many pixels. */
const HOLD_PX = 7;
/** A pointer that moved less than this has tapped. */
const STILL_PX = 4;

type Held = Chosen | { kind: "house"; at: 0 };

/** What lies beneath a pointer: corners before walls, walls before the house as a whole. */
function under(ring: Ring, place: Point, reach: number): Held | undefined {
  // Of a short wall the middle belongs to the wall.
  const roomAt = (corner: number) => Math.min(reach, distance(at(ring, corner), at(ring, corner + 1)) * 0.3, distance(at(ring, corner), at(ring, corner - 1)) * 0.3);
  const corners = ring.map((corner, i) => ({ i, far: distance(corner, place) })).filter(({ i, far }) => far <= Math.max(roomAt(i), reach * 0.45)).sort((a, b) => a.far - b.far);
  if (corners[0]) return { kind: "corner", at: corners[0].i };
  const isInside = covers([ring], place);
  const walls = ring.map((from, i) => ({ i, far: distance(nearestOn(place, from, at(ring, i + 1)), place) })).sort((a, b) => a.far - b.far);
  // Within, the nearest wall has to leave room for the house itself.
  if (walls[0] && walls[0].far <= (isInside ? reach * 0.6 : reach)) return { kind: "wall", at: walls[0].i };
  return isInside ? { kind: "house", at: 0 } : undefined;
}

interface Pulling {
  held: Held;
  before: Ring;
  from: Point;
  pointer: number;
  at: readonly [number, number];
  moved: boolean;
}

/** The shape that a pull makes of the one before. */
function pulled({ held, before, from }: Pulling, to: Point, lot: readonly Polygon[], reach: number): Ring | undefined {
  const by: Point = [to[0] - from[0], to[1] - from[1]];
  if (held.kind === "wall") {
    const out = outwardOf(before, held.at);
    return wallMoved(before, held.at, heldWall(before, held.at, by[0] * out.east + by[1] * out.north, lot, reach), lot);
  }
  if (held.kind === "corner") {
    const corner = at(before, held.at);
    return cornerMoved(before, held.at, heldPlace([corner[0] + by[0], corner[1] + by[1]], lot, reach), lot);
  }
  const next = before.map((corner) => settled([corner[0] + by[0], corner[1] + by[1]], lot));
  return isSimple(next) ? next : undefined;
}

export function usePulling(map: maplibre.Map | undefined, sight: Sight): void {
  useEffect(() => {
    if (!map) return undefined;
    const container = map.getContainer();
    const canvas = map.getCanvas();
    let pull_: Pulling | undefined;
    let tapped: { at: readonly [number, number]; pointer: number } | undefined;
    const pixel = (event: PointerEvent): [number, number] => {
      const { left, top } = canvas.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };
    const placeAt = (point: readonly [number, number]): Point => {
      const { lng, lat } = map.unproject([point[0], point[1]]);
      return sight.place([lng, lat]);
    };
    /** Millimetres of so many pixels where the pointer is. */
    const millimetres = (point: readonly [number, number], pixels: number) => distance(placeAt(point), placeAt([point[0] + pixels, point[1]]));
    const far = (a: readonly [number, number], b: readonly [number, number]) => Math.hypot(a[0] - b[0], a[1] - b[1]);
    const holding = (event: PointerEvent): Held | undefined => {
      const state = drawn();
      if (!state?.ring || state.taps) return undefined;
      const point = pixel(event);
      return under(state.ring, placeAt(point), millimetres(point, event.pointerType === "mouse" ? MOUSE_PX : FINGER_PX));
    };
    const down = (event: PointerEvent) => {
      if (event.target !== canvas || event.button !== 0) return;
      const state = drawn();
      if (pull_) return cancel();
      tapped = event.isPrimary ? { at: pixel(event), pointer: event.pointerId } : undefined;
      const held = holding(event);
      if (!held || !state?.ring || !event.isPrimary) return;
      const point = pixel(event);
      pull_ = { held, before: state.ring, from: placeAt(point), pointer: event.pointerId, at: point, moved: false };
      container.setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
      if (!pull_) {
        if (event.pointerType === "mouse" && event.target === canvas) canvas.style.cursor = drawn()?.taps ? "crosshair" : holding(event) ? "move" : "";
        return;
      }
      if (event.pointerId !== pull_.pointer) return;
      const point = pixel(event);
      if (!pull_.moved && far(point, pull_.at) < STILL_PX) return;
      pull_.moved = true;
      const lot = drawn()?.lot?.polygons ?? [];
      const next = pulled(pull_, placeAt(point), lot, millimetres(point, HOLD_PX));
      if (next) pull(next);
    };
    const up = (event: PointerEvent) => {
      const [own, tapping] = [pull_, tapped];
      pull_ = undefined;
      tapped = undefined;
      if (own) {
        if (own.moved) letGo(own.before);
        else choose(own.held.kind === "house" ? undefined : own.held);
        return;
      }
      const state = drawn();
      const point = pixel(event);
      if (!state?.taps || !tapping || tapping.pointer !== event.pointerId || far(point, tapping.at) >= STILL_PX * 2) return;
      const place = placeAt(point);
      const [first] = state.taps;
      // The first corner again closes the outline.
      if (first && state.taps.length >= 3 && distance(first, place) <= millimetres(point, FINGER_PX) && closedRing(state.taps)) return close();
      tap(nextCorner(place, state.taps, state.lot?.polygons ?? [], millimetres(point, HOLD_PX * 2)));
    };
    const cancel = () => {
      if (pull_) pull(pull_.before);
      pull_ = undefined;
    };
    // While something is pulled, the map does not move with it.
    const keep = (event: Event) => {
      if (!pull_) return;
      event.stopPropagation();
      if (event.cancelable) event.preventDefault();
    };
    const listen: [string, (event: never) => void][] = [
      ["pointerdown", down], ["pointermove", move], ["pointerup", up], ["pointercancel", cancel],
      ["mousedown", keep], ["touchstart", keep], ["touchmove", keep],
    ];
    listen.forEach(([name, listener]) => container.addEventListener(name, listener as EventListener, { capture: true, passive: false }));
    return () => {
      canvas.style.cursor = "";
      listen.forEach(([name, listener]) => container.removeEventListener(name, listener as EventListener, { capture: true }));
    };
  }, [map, sight]);
}
