import { describe, expect, test } from "vitest";
import { type ExperimentSpec, parseExperiment } from "../spec/experiment";
import { firstRun } from "../spec/presets/first-run";
import { decodeExperiment, encodeExperiment } from "./code";
import { capsuleLink, embedSnippet, experimentLink, readExperimentLink } from "./links";

const origin = "https://descent.example";
const id = "0123456789abcdef".repeat(4);
const spec = parseExperiment(firstRun);
const titled = (title: string): ExperimentSpec => ({ ...spec, title });

describe("the link of an experiment", () => {
  test("is its code below /x/, and carries its lineage where there is one", () => {
    expect(experimentLink(origin, spec, null)).toBe(`${origin}/x/${encodeExperiment(spec)}`);
    expect(experimentLink(origin, spec, id)).toBe(`${origin}/x/${encodeExperiment(spec)}?from=${id}`);
  });

  test("is an address like any other: the browser changes nothing of it", () => {
    for (const title of ["", "a/b?c#d", "50% & <more>", "Größe 7 🙂", "../../r"]) {
      const link = experimentLink(origin, titled(title), id);
      expect(new URL(link).href).toBe(link);
      expect(new URL(link).pathname.split("/")).toHaveLength(3);
      expect(decodeExperiment(readExperimentLink(link)!.code)).toEqual(titled(title));
    }
  });

  test("is read back with its lineage and its trained network, from wherever it was copied", () => {
    const code = encodeExperiment(spec);
    const whole = { code, forkedFrom: id, capsule: "Zm9v" };
    expect(readExperimentLink(capsuleLink(origin, spec, id, "Zm9v"))).toEqual(whole);
    expect(readExperimentLink(`/x/${code}`)).toEqual({ code, forkedFrom: null, capsule: null });
    expect(readExperimentLink(`descent.example/x/${code}/`)?.code).toBe(code);
    expect(readExperimentLink(`http://localhost:3000/embed/${code}?theme=dark`)?.code).toBe(code);
    expect(readExperimentLink(`/x/${code}?utm=1&from=${id}`)?.forkedFrom).toBe(id);
  });

  test("loses a lineage that is no run's name, and keeps the experiment", () => {
    for (const from of ["x", id.toUpperCase(), `${id}0`, "%00"])
      expect(readExperimentLink(`/x/${encodeExperiment(spec)}?from=${from}`)).toEqual({
        code: encodeExperiment(spec),
        forkedFrom: null,
        capsule: null,
      });
  });

  test.each([
    "",
    "hello",
    "/",
    "/x/",
    `${origin}/lessons/first`,
    "/x/a/b",
    "see /x/1~a~dense",
    "/embed/lesson/a",
  ])("is not seen in %j", (text) => {
    expect(readExperimentLink(text)).toBeNull();
  });

  test("is told from the address of a published run", () => {
    for (const address of [`${origin}/r/${id}`, `/r/${id}`, `/r/${id}/?a#b`])
      expect(() => readExperimentLink(address)).toThrow("This is the address of a published run");
  });
});

describe("the snippet that embeds an experiment", () => {
  test("is one iframe with the experiment's own address and title", () => {
    expect(embedSnippet(origin, spec)).toBe(
      `<iframe src="${origin}/embed/${encodeExperiment(spec)}" title="First run" width="100%" height="600" style="border:0;max-width:100%" loading="lazy" allow="fullscreen; clipboard-write; screen-wake-lock"></iframe>`,
    );
    expect(embedSnippet(origin, titled(""))).toContain(' title="Descent" ');
  });

  test.each([
    `"><script>alert(1)</script>`,
    `' onload='alert(1)`,
    `" srcdoc="&lt;b&gt;`,
    "</iframe><img src=x onerror=alert(1)>",
    "&quot; onload=&quot;alert(1)",
  ])("lets nothing of the title %j out of its attribute", (title) => {
    const snippet = embedSnippet(origin, titled(title));
    expect(snippet).toMatch(/^<iframe(?: [a-z]+="[^"<>']*")+><\/iframe>$/);
    const [, written] = / title="([^"]*)"/.exec(snippet)!;
    const names: Record<string, string> = { amp: "&", quot: '"', "#39": "'", lt: "<", gt: ">" };
    expect(written!.replace(/&([^;]+);/g, (_, name: string) => names[name]!)).toBe(title);
  });
});
