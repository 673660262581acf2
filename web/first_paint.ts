// What the first paint needs stands in the page itself: of its style sheet the rules that what the
// server draws is written with, and the script that tells light from dark. The whole sheet and the
// scripts come after what the server has drawn, so that nobody waits for them to read it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postcss, { type AtRule, type Declaration, type Rule } from "postcss";
import type { Plugin } from "vite";

/** Where the server's part of the page is written: elements, classes and ids stand there as words. */
const WRITTEN_IN = "../src/http";

/** Every word that stands where the server's part of the page is written. */
function wordsOfFirstView(template: string): Set<string> {
  const files = readdirSync(WRITTEN_IN).filter((name) => /^first_\w+\.rs$/.test(name));
  const texts = [template, ...files.map((name) => readFileSync(join(WRITTEN_IN, name), "utf8"))];
  return new Set(texts.join(" ").match(/[A-Za-z][\w-]*/g));
}

/** Whether a selector can be about something that the server has drawn, as long as nobody touches it. */
function concerns(selector: string, words: ReadonlySet<string>): boolean {
  if (/:(hover|focus|active|disabled|checked)|::/.test(selector)) return false;
  // What a selector leaves out does not have to be there, nor do attributes.
  const rest = selector.replace(/:not\([^)]*\)|\[[^\]]*\]/g, "").replace(/:[\w-]+/g, "");
  const named = rest.match(/[A-Za-z_][\w-]*/g) ?? [];
  return named.every((name) => words.has(name));
}

/** Without what is said of properties that nothing of the rest asks for. */
function withoutUnasked(sheet: postcss.Root): void {
  const asked = new Set<string>();
  const ask = (value: string) => {
    for (const [, name = ""] of value.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (asked.has(name)) continue;
      asked.add(name);
      sheet.walkDecls(name, (said) => ask(said.value));
    }
  };
  sheet.walkDecls((said) => {
    if (!said.prop.startsWith("--")) ask(said.value);
  });
  sheet.walkDecls(/^--/, (said: Declaration) => {
    if (!asked.has(said.prop)) said.remove();
  });
}

/** The rules of a style sheet that the first paint is drawn by. */
export function firstRules(css: string, words: ReadonlySet<string>): string {
  const sheet = postcss.parse(css);
  sheet.walkAtRules((rule: AtRule) => {
    if (rule.name !== "media" || /print|hover/.test(rule.params)) rule.remove();
  });
  sheet.walkRules((rule: Rule) => {
    rule.selectors = rule.selectors.filter((selector) => concerns(selector, words));
    if (rule.selector === "") rule.remove();
  });
  withoutUnasked(sheet);
  const emptied = (rule: Rule | AtRule) => {
    if (rule.nodes?.length === 0) rule.remove();
  };
  sheet.walkComments((comment) => void comment.remove());
  sheet.walkRules(emptied);
  sheet.walkAtRules(emptied);
  return sheet.toString();
}

/** Puts it there when the page is built. */
export const firstPaint: Plugin = {
  name: "first-paint",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(html, { bundle = {} }) {
      const links = html.match(/ *<link rel="stylesheet"[^>]*>\n?/g) ?? [];
      const scripts = html.match(/ *<script type="module"[^>]*><\/script>\n?/g) ?? [];
      const rest = [...links, ...scripts].reduce((page, tag) => page.replace(tag, ""), html);
      const sheets = links.map((link) => bundle[/href="\.\/([^"]*)"/.exec(link)?.[1] ?? ""]);
      const css = sheets.map((sheet) => (sheet?.type === "asset" ? String(sheet.source) : "")).join("\n");
      const rules = firstRules(css, wordsOfFirstView(html));
      const scheme = readFileSync("public/scheme.js", "utf8");
      return rest
        .replace('<script src="./scheme.js"></script>', () => `<style>${rules}</style>\n    <script>${scheme}</script>`)
        .replace("<!--after-first-view-->", () => [...links, ...scripts].map((tag) => tag.trim()).join("\n    "));
    },
  },
};
