// The page of a package: the playground in a frame as large as the course site gives, and a line that says what was
// recorded. Scripts are files of their own, as course sites may forbid others.
import { escapeHtml, writeAttributes } from "../share/links";
import type { Course } from "./course";
import { elementAttributes } from "./html";
import type { Standard } from "./standard";

const style = `
      html, body { height: 100%; margin: 0; }
      body { display: flex; flex-direction: column; background: #fbfaf7; color: #1c1b19; font: 14px/20px system-ui, sans-serif; }
      descent-playground { display: block; flex: 1; min-height: 480px; }
      p { margin: 0; padding: 8px 16px; border-top: 1px solid #e6e2d8; }
      @media (prefers-color-scheme: dark) { body { background: #131311; color: #eeece5; } p { border-color: #2d2c27; } }`;

export function writePage(course: Course, { scripts, data }: Standard): string {
  const { origin, title, options, pass } = course;
  const root = Object.entries(data(course)).map(([name, value]) => [`data-${name}`, value]);
  const attributes = {
    server: origin,
    // The frame fills the page: nothing has to grow.
    ...elementAttributes({ ...course, options: { ...options, autoHeight: false } }),
    title,
    pass: String(pass),
    style: "height:auto",
  };
  return `<!doctype html>
<html lang="en"${writeAttributes(Object.fromEntries(root))}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <style>${style}
    </style>
  </head>
  <body>
    <descent-playground${writeAttributes(attributes)}></descent-playground>
    <p role="status"></p>
${scripts.map((src) => `    <script${writeAttributes({ src })}></script>`).join("\n")}
  </body>
</html>
`;
}
