// Colours of the map on light and on dark ground; lines and labels hold their contrast on both.

export interface Colours {
  /** Land of which no lot is drawn: streets, water, places without data. */
  ground: string;
  lot: string;
  lotLine: string;
  lotText: string;
  /** Around letters, so that they can be read on lines. */
  halo: string;
  chosen: string;
  chosenLine: string;
  ink: string;
  /** The place that was asked for. */
  asked: string;
  block: string;
  wardLine: string;
  wardText: string;
  /** Red lines of rights of way. */
  redLine: string;
  street: string;
  streetText: string;
  waterText: string;
}

export const LIGHT: Colours = {
  ground: "#e4eaec", lot: "#fcfcfa", lotLine: "#8a979e", lotText: "#48545b", halo: "#ffffff",
  chosen: "#0b6b80", chosenLine: "#075668", ink: "#16232a", asked: "#c2255c",
  block: "#f3f4f1", wardLine: "#6b5b95", wardText: "#4a3d73",
  redLine: "#c8332b", street: "#dde4e7", streetText: "#8f211b", waterText: "#19587f",
};

export const DARK: Colours = {
  ground: "#10171b", lot: "#1d2930", lotLine: "#5b6c76", lotText: "#a9b7be", halo: "#10171b",
  chosen: "#7fd0de", chosenLine: "#7fd0de", ink: "#e8eef1", asked: "#ff8fb1",
  block: "#1a242b", wardLine: "#a796d6", wardText: "#cfc2f2",
  redLine: "#f0857d", street: "#0c1215", streetText: "#f7b3ad", waterText: "#9fd4f2",
};
