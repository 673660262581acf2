// Colours and type of the page; contrasts hold WCAG AA on both backgrounds.
import { createTheme, type CSSVariablesResolver } from "@mantine/core";

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: "650" },
  primaryColor: "sea",
  primaryShade: 7,
  defaultRadius: "md",
  cursorType: "pointer",
  colors: {
    sea: ["#e7f6f8", "#cfebf0", "#a1d8e2", "#6fc3d2", "#46b0c4", "#2a9db3", "#14849a", "#0b6b80", "#075668", "#034250"],
  },
});

/** What the components take their colours from; the page's own stand in colours.css. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "var(--dim)",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-placeholder": "#667079",
    "--mantine-color-body": "var(--panel)",
  },
  dark: {
    "--mantine-color-dimmed": "var(--dim)",
    "--mantine-color-error": "#ffb4a9",
    "--mantine-color-placeholder": "#94a1a8",
    "--mantine-color-body": "var(--panel)",
    "--mantine-color-anchor": "var(--link)",
    "--mantine-color-default": "#22303a",
    "--mantine-color-default-hover": "#2b3b46",
    "--mantine-color-default-border": "#3b4d58",
  },
});
