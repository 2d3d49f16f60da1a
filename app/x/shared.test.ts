import { describe, expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { metadataOf } from "./metadata";
import { readLineage, sharedOrNull, whyNotShared } from "./shared";

const spec = parseExperiment(firstRun);
const code = encodeExperiment(spec);
const run = "0123456789abcdef".repeat(4);

describe("the code of an address", () => {
  test("is read with its percent-escapes or without", () => {
    for (const written of [
      code,
      code.replaceAll("~", "%7E"),
      encodeURIComponent(code),
      code.replace("F", "%46"),
    ]) {
      expect(sharedOrNull(written)).toEqual(spec);
      expect(whyNotShared(written)).toBeNull();
    }
  });

  test.each(["", "broken", "%E0%A4%A", "%", "%00", "..%2f..%2fetc", "A".repeat(9000), `${code}~seed-x`])(
    "that is none is said in one sentence: %s",
    (bad) => {
      expect(sharedOrNull(bad)).toBeNull();
      expect(whyNotShared(bad)).toMatch(/^\S+ (?:is|has) .+; it must be [^.].*\.$/s);
    },
  );

  test("has a lineage only where that is a run's name", () => {
    expect(readLineage(run)).toBe(run);
    for (const from of [undefined, "", "zzz", run.toUpperCase(), `${run}0`, [run, run], "<script>"])
      expect(readLineage(from)).toBeNull();
  });
});

describe("what a link says of its experiment", () => {
  const at = (headers: Record<string, string>, title = spec.title) =>
    metadataOf({ ...spec, title }, new Headers(headers));

  test("is its title and what it is made of, or the network where it has none", () => {
    expect(at({}).title).toBe("First run");
    expect(at({}).description).toBe("784-128-64-10 · Adam .001 · 109,386 parameters");
    expect(at({}, "  ").title).toBe("784-128-64-10");
  });

  test("has addresses at the host that was asked, by the protocol that was used", () => {
    const { alternates, openGraph } = at({ host: "descent.example", "x-forwarded-proto": "https" });
    expect(alternates?.canonical).toBe(`https://descent.example/x/${code}`);
    expect(openGraph?.url).toBe(`https://descent.example/x/${code}`);
    expect(at({ host: "localhost:3000" }).alternates?.canonical).toBe(`http://localhost:3000/x/${code}`);
  });

  test.each(['a"><script>', "a b", "", "a/../b?c#d", "user:pass@evil.example", "[::1", "a\\b"])(
    "has an origin and nothing else, whatever the host is: %s",
    (host) => {
      const { metadataBase, alternates } = at({ host, "x-forwarded-proto": "javascript" });
      expect(String(metadataBase)).toMatch(/^http:\/\/[\w.:[\]-]+\/$/);
      expect(alternates?.canonical).toMatch(/^http:\/\/[\w.:[\]-]+\/x\//);
    },
  );
});
