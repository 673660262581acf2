// What the page shows of an answer, apart from how it travels.

/** East and north in metres on the parcel's own plane. */
export type Metres = readonly [number, number];
/** Polygons of rings of vertices; the first ring is the shell, and no vertex is repeated. */
export type Shape = Metres[][][];
/** Longitude and latitude in degrees of WGS 84. */
export type Degrees = readonly [number, number];

export interface WardName {
  code: string;
  name: string;
}

/** A commune that numbers its sheets by itself; one of before with its district. */
export interface Commune extends WardName {
  district?: string;
}

export interface Key {
  commune: Commune;
  sheet: string;
  number: string;
}

export interface LandUse {
  code: string;
  name?: string;
  area?: number;
  form?: "private" | "common";
  until?: string;
}

export interface Neighbour {
  id: string;
  sheet: string;
  number: string;
  shape: Shape;
}

export interface Parcel {
  id: string;
  matchedBy?: string;
  circleShare?: number;
  ward: WardName;
  asMap: Key;
  asCertificate?: Key;
  nationalIdentifier?: string;
  status: string;
  scale: number;
  registeredArea?: number;
  measuredArea: number;
  areaTolerance?: number;
  /** Whether the two areas differ by more than the tolerance. */
  areaDiffers?: boolean;
  landUse: LandUse[];
  epsg: number;
  operation?: string;
  shape: Shape;
  /** The same vertices in the same order, in degrees: for drawing, never for measuring. */
  outline: Degrees[][][];
  neighbours: Neighbour[];
  validFrom: string;
  validTo?: string;
  /** Envelope in degrees of WGS 84: west, south, east, north. */
  degrees: [number, number, number, number];
  /** The feature as it came, for download. */
  feature: unknown;
}

export interface Nothing {
  reason: string;
  /** What may have gone wrong with the coordinate, in words. */
  likelyCause?: string;
  name?: string;
  ward?: Commune;
  /** Wards to choose from. */
  choices?: Suggestion[];
}

export interface Suggestion {
  /** `ward`, `formerWard`, `sheet` or `parcel`. */
  kind: string;
  label: string;
  /** Wards that a former ward became. */
  became: string[];
  q: string;
}

/** A ward that the words of a question may mean. */
export interface ReadWard extends Commune {
  /** `found`, `notFound`, `withoutData` or `notAsked`. */
  outcome: string;
  /** Whether it is a ward of before on the day asked for. */
  former: boolean;
  /** What to ask to mean this one alone. */
  q?: string;
}

/** How the words of a question were understood. */
export interface ReadAs {
  text: string;
  ambiguous: boolean;
  wards: ReadWard[];
}

export interface Answer {
  revision: number;
  date: string;
  synthetic: boolean;
  parcels: Parcel[];
  nothing?: Nothing;
  readAs?: ReadAs;
  suggestions: Suggestion[];
}

export interface Version {
  validFrom: string;
  validTo?: string;
  sheet: string;
  number: string;
  ward?: WardName;
  registeredArea?: number;
  measuredArea?: number;
  landUse: string[];
}

export interface Descent {
  predecessor: string;
  successor: string;
  kind: string;
  date: string;
}

export interface History {
  versions: Version[];
  lineage: Descent[];
}
