// What is packed: the files, and that the descriptions keep to the schemas of IMS and ADL as far as they use them. The
// rules below are those of imscp_rootv1p1p2.xsd, adlcp_rootv1p2.xsd, imscp_v1p1.xsd, adlcp_v1p3.xsd and imsss_v1p0.xsd.
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Course } from "./course";
import { packageFiles, packageName, packCourse } from "./package";
import { PAGE } from "./standard";
import * as standards from "./standards/registry";
import { experimentCourse, lessonCourse, readScript } from "./testing";
import { element, writeXml, type XmlElement } from "./xml";

/** In the order that the schema asks for; * any number, ? at most one. */
interface Rule {
  children?: readonly string[];
  required?: readonly string[];
  optional?: readonly string[];
  text?: RegExp;
}

const boolean = ["true", "false"];
const values: Readonly<Record<string, readonly string[]>> = {
  "adlcp:scormtype": ["sco", "asset"],
  "adlcp:scormType": ["sco", "asset"],
  choice: boolean,
  flow: boolean,
  completionSetByContent: boolean,
  objectiveSetByContent: boolean,
};

const packaging = (scormType: string, version: RegExp, sequencing: readonly string[]) => ({
  manifest: {
    children: ["metadata?", "organizations", "resources", "manifest*"],
    required: ["identifier", "xmlns"],
    optional: ["version", "xmlns:adlcp", "xmlns:imsss"],
  },
  metadata: { children: ["schema?", "schemaversion?"] },
  schema: { text: /^ADL SCORM$/ },
  schemaversion: { text: version },
  organizations: { children: ["organization*"], optional: ["default"] },
  organization: { children: ["title?", "item*", "metadata?", ...sequencing], required: ["identifier"] },
  title: { text: /^.{1,200}$/su },
  item: {
    children: ["title?", "item*", "metadata?", ...sequencing],
    required: ["identifier"],
    optional: ["identifierref"],
  },
  resources: { children: ["resource*"] },
  resource: {
    children: ["metadata?", "file*", "dependency*"],
    required: ["identifier", "type"],
    optional: ["href", scormType],
  },
  file: { children: ["metadata?"], required: ["href"] },
  "imsss:sequencing": { children: ["imsss:controlMode?", "imsss:deliveryControls?"] },
  "imsss:controlMode": { optional: ["choice", "flow"] },
  "imsss:deliveryControls": { optional: ["completionSetByContent", "objectiveSetByContent"] },
});

const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  scorm12: packaging("adlcp:scormtype", /^1\.2$/, []),
  scorm2004: packaging("adlcp:scormType", /^2004 3rd Edition$/, ["imsss:sequencing?"]),
  xapi: {
    tincan: { children: ["activities"], required: ["xmlns"] },
    activities: { children: ["activity*"] },
    activity: { children: ["name*", "description*", "launch*"], required: ["id", "type"] },
    name: { text: /./ },
    description: { text: /./, required: ["lang"] },
    launch: { text: /^index\.html$/, required: ["lang"] },
  },
};

/** What of a description is against the rules, a line each. */
function breaches(
  { name, attributes, children }: XmlElement,
  rulebook: Readonly<Record<string, Rule>>,
): string[] {
  const rule = rulebook[name];
  if (rule === undefined) return [`there is no ${name}`];
  const { required = [], optional = [], children: allowed = [], text } = rule;
  const found = required.filter((key) => !(key in attributes)).map((key) => `${name} lacks ${key}`);
  for (const [key, value] of Object.entries(attributes)) {
    if (![...required, ...optional].includes(key)) found.push(`${name} has ${key}`);
    if (values[key]?.includes(value) === false) found.push(`${name}'s ${key} is ${value}`);
  }
  const inner = children.filter((child) => typeof child !== "string");
  const words = children.filter((child) => typeof child === "string").join("");
  if (text === undefined ? words !== "" : inner.length > 0 || !text.test(words))
    found.push(`${name} says ${words}`);
  const pattern = allowed.map((child) => {
    const [, plain, count = ""] = /^(.+?)([*?]?)$/.exec(child)!;
    return `(?:${plain};)${count}`;
  });
  const order = inner.map((child) => `${child.name};`).join("");
  if (!new RegExp(`^${pattern.join("")}$`).test(order)) found.push(`${name} holds ${order}`);
  return [...found, ...inner.flatMap((child) => breaches(child, rulebook))];
}

const everything = (root: XmlElement): XmlElement[] => [
  root,
  ...root.children.flatMap((child) => (typeof child === "string" ? [] : everything(child))),
];

const hostile: Course = {
  ...lessonCourse,
  title: `"><script>alert(1)</script> & 'ü' \u0000\u0008\ud800]]> 数`,
  description: "<b>&",
  shown: { kind: "experiment", code: "1~a~flatten" },
  options: { lock: ["layers", "optimizer"], theme: "dark", steps: null, autoHeight: true },
};

describe.each(Object.entries(standards))("a package by %s", (kind, standard) => {
  const describeCourse = (course: Course) =>
    standard.describe({ course, identifier: "descent-0123456789abcdef", files: [PAGE, ...standard.scripts] });

  test.each([experimentCourse, lessonCourse, hostile])("is described by the rules: %#", (course) => {
    const root = describeCourse(course);
    expect(breaches(root, rules[kind]!)).toEqual([]);
    const all = everything(root);
    const identifiers = all.flatMap(({ attributes }) => attributes.identifier ?? []);
    expect(new Set(identifiers).size).toBe(identifiers.length);
    for (const identifier of identifiers) expect(identifier).toMatch(/^[A-Za-z_][\w.-]*$/);
    for (const { attributes } of all)
      for (const reference of ["default", "identifierref"])
        if (attributes[reference] !== undefined) expect(identifiers).toContain(attributes[reference]);
  });

  test("names its own files, all of them and no others, and opens its page", async () => {
    const zip = unzipSync(await packCourse(experimentCourse, standard, readScript));
    const names = Object.keys(zip);
    expect(names).toEqual([standard.descriptionName, PAGE, ...standard.scripts]);
    const description = strFromU8(zip[standard.descriptionName]!);
    expect(description.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
    if (kind === "xapi") return;
    const root = describeCourse(experimentCourse);
    const files = everything(root).filter(({ name }) => name === "file");
    expect(files.map(({ attributes }) => attributes.href)).toEqual(names.slice(1));
    expect(description).toContain(`href="${PAGE}"`);
  });

  test("is the same for the same course, and another for another one", async () => {
    const pack = (course: Course) => packCourse(course, standard, readScript);
    expect(await pack(experimentCourse)).toEqual(await pack(experimentCourse));
    const identifierOf = async (course: Course) =>
      /identifier="(descent-[0-9a-f]{16})"/.exec(
        (await packageFiles(course, standard, readScript))[standard.descriptionName]!,
      )?.[1];
    if (kind === "xapi") return;
    expect(await identifierOf(experimentCourse)).toMatch(/^descent-/);
    expect(await identifierOf(experimentCourse)).not.toBe(
      await identifierOf({ ...experimentCourse, pass: 96 }),
    );
  });

  test("keeps a title that is a script within its quotes", async () => {
    const files = await packageFiles(hostile, standard, readScript);
    for (const name of [PAGE, standard.descriptionName]) expect(files[name]).not.toContain("<script>alert");
    expect(files[PAGE]).toContain(
      '<descent-playground server="https://descent.example" experiment="1~a~flatten"',
    );
    expect(files[PAGE]).toContain('lock="layers,optimizer" theme="dark"');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no place for them
    expect(files[standard.descriptionName]).not.toMatch(/[\u0000-\u0008]|\p{Surrogate}/u);
  });
});

test("the rules find what the schemas would", () => {
  const broken = element(
    "manifest",
    { xmlns: "x" },
    element(
      "resources",
      {},
      element("resource", { identifier: "a", type: "webcontent", "adlcp:scormtype": "page" }),
    ),
    element("organizations", {}, "words"),
  );
  expect(breaches(broken, rules.scorm12!)).toEqual([
    "manifest lacks identifier",
    "manifest holds resources;organizations;",
    "resource's adlcp:scormtype is page",
    "organizations says words",
  ]);
});

test("a file's name is of letters, digits and hyphens, whatever the title is", () => {
  const name = (title: string) => packageName({ ...experimentCourse, title }, standards.scorm12);
  expect(name("First run")).toBe("descent-first-run-scorm-1.2.zip");
  expect(name("Größe 7 & <b>/../")).toBe("descent-gro-e-7-b-scorm-1.2.zip");
  expect(name("数字")).toBe("descent-scorm-1.2.zip");
  expect(name("x".repeat(200)).length).toBeLessThan(80);
});

test("XML is written a line for each element, with what it cannot hold left out", () => {
  const root = element("a", { b: `"<&>'` }, element("c", {}, "1 < 2\u0000"), element("d"));
  expect(writeXml(root)).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>\n<a b="&quot;&lt;&amp;&gt;&apos;">\n  <c>1 &lt; 2</c>\n  <d/>\n</a>\n`,
  );
});
