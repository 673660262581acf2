// Patterns, so that colour alone never tells two areas apart: one drawing for map and legend.

/** Strokes on a square of 8 units that fits its own copies on all sides. */
export const PATTERNS = {
  rising: "M-2 10L10-2M-2 2L2-2M6 10L10 6",
  falling: "M-2-2L10 10M6-2L10 2M-2 6L2 10",
  crossed: "M-2 10L10-2M-2 2L2-2M6 10L10 6M-2-2L10 10M6-2L10 2M-2 6L2 10",
  level: "M0 4H8",
  upright: "M4 0V8",
  grid: "M0 4H8M4 0V8",
  dots: "M3.5 4H4.5",
  dashes: "M1 2H5M5 6H8M0 6H1",
  waves: "M0 4Q2 1.5 4 4T8 4",
  ticks: "M4 2V6M2 4H6",
  none: "",
} as const;

export type PatternName = keyof typeof PATTERNS;
export const SIDE = 8;

/** The name under which the map asks for a pattern in a colour. */
export const patternId = (pattern: PatternName, colour: string) => `pattern ${pattern} ${colour}`;

/** The picture of a pattern that the map asks for; nothing for another name. */
export function patternImage(id: string): ImageData | undefined {
  const [kind, pattern = "", colour = ""] = id.split(" ");
  const strokes = PATTERNS[pattern as PatternName];
  if (kind !== "pattern" || strokes === undefined) return undefined;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE * PIXEL_RATIO;
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.scale(PIXEL_RATIO, PIXEL_RATIO);
  context.strokeStyle = colour;
  context.lineWidth = pattern === "dots" ? 1.6 : 1;
  context.lineCap = "round";
  context.stroke(new Path2D(strokes));
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

export const PIXEL_RATIO = 2;
