// Mantine's own notation for dark mode and breakpoints.
export default { plugins: { "postcss-preset-mantine": {} } };
