// XML as a tree of values and as text. Titles come from anybody: what XML cannot hold is left out, the rest is escaped.

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly (XmlElement | string)[];
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (XmlElement | string)[]
): XmlElement => ({ name, attributes, children });

/** The root with the declaration before it, a line for each element. */
export const writeXml = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, "")}\n`;

function write({ name, attributes, children }: XmlElement, indent: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const start = `${indent}<${name}${written.join("")}`;
  if (children.length === 0) return `${start}/>`;
  if (children.every((child) => typeof child === "string"))
    return `${start}>${children.map(escapeXml).join("")}</${name}>`;
  const inner = children.map((child) =>
    typeof child === "string" ? escapeXml(child) : write(child, `${indent}  `),
  );
  return [`${start}>`, ...inner, `${indent}</${name}>`].join("\n");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** XML 1.0 has no place for most control characters, for halves of pairs and for two of the others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escapeXml = (text: string): string =>
  text.replace(unspeakable, "").replace(/[&<>"']/g, (character) => entities[character]!);
