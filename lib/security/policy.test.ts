import { describe, expect, test } from "vitest";
import { vercelPublicBase } from "../blob/vercel";
import {
  answerPolicy,
  embedPolicy,
  filePolicy,
  framersOf,
  pagePolicy,
  storesOf,
  unfinishedPolicy,
} from "./policy";

const token = "vercel_blob_rw_AbC123_secret";

/** A policy as browsers read it: the sources of each directive. */
function read(policy: string): Record<string, string[]> {
  const directives = policy.split(";").map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name, ...sources]) => [name, sources]));
}

const scripts = ["'sha256-abc='"];
const page = read(pagePolicy({ scripts, stores: storesOf({ BLOB_READ_WRITE_TOKEN: token }) }));

describe("a page's policy", () => {
  test("refuses what it does not name", () => {
    expect(page["default-src"]).toEqual(["'none'"]);
    expect(page["base-uri"]).toEqual(["'none'"]);
  });

  test("runs this server's scripts and those that it is told of, and evaluates no text", () => {
    expect(page["script-src"]).toEqual(["'self'", "'sha256-abc='"]);
  });

  test("speaks to this server and the store", () => {
    const store = "https://abc123.public.blob.vercel-storage.com";
    expect(page["connect-src"]).toEqual(["'self'", store, "https://vercel.com/api/blob/"]);
  });

  test("may be framed by nobody, by anyone, or by this server and those that are named", () => {
    const framersIn = (framers?: Parameters<typeof pagePolicy>[0]["framers"]) =>
      read(pagePolicy({ scripts, stores: [], framers }))["frame-ancestors"];
    expect(framersIn()).toEqual(["'none'"]);
    expect(framersIn("anyone")).toBeUndefined();
    expect(framersIn(["https://moodle.example"])).toEqual(["'self'", "https://moodle.example"]);
  });
});

describe("the other policies", () => {
  test("a worker may compile WebAssembly and load its parts, and has nothing to show", () => {
    const worker = read(filePolicy([]));
    expect(worker["script-src"]).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(worker["connect-src"]).toEqual(["'self'"]);
    expect(worker["style-src"]).toBeUndefined();
  });

  test("nothing in an answer runs", () => {
    expect(read(answerPolicy)).toMatchObject({ "default-src": ["'none'"], sandbox: [] });
  });

  test.each([pagePolicy({ scripts, stores: [] }), filePolicy([]), answerPolicy, unfinishedPolicy])(
    "none but an embed may be framed, and none lets any script in: %#",
    (policy) => {
      expect(read(policy)["frame-ancestors"]).toEqual(["'none'"]);
      expect(read(policy)["script-src"] ?? []).not.toContain("'unsafe-inline'");
      expect(policy).not.toContain("'unsafe-eval'");
    },
  );
});

describe("what the environment says", () => {
  test("the store is where the object store looks for it, and within this server without a token", () => {
    expect(`${storesOf({ BLOB_READ_WRITE_TOKEN: token })[0]}/`).toBe(vercelPublicBase(token));
    expect(storesOf({})).toEqual([]);
    expect(storesOf({ BLOB_READ_WRITE_TOKEN: "" })).toEqual([]);
  });

  test.each([undefined, "", "  ", "*", " * "])(
    "embeds may be framed by anyone where EMBED_ANCESTORS is %j",
    (EMBED_ANCESTORS) => {
      expect(framersOf({ EMBED_ANCESTORS })).toBe("anyone");
      expect(read(embedPolicy(scripts, { EMBED_ANCESTORS }))["frame-ancestors"]).toBeUndefined();
    },
  );

  test("EMBED_ANCESTORS names sites", () => {
    const EMBED_ANCESTORS = " https://moodle.example,  *.school.example http://localhost:* ";
    const sites = ["https://moodle.example", "*.school.example", "http://localhost:*"];
    expect(framersOf({ EMBED_ANCESTORS })).toEqual(sites);
    expect(read(embedPolicy(scripts, { EMBED_ANCESTORS }))["frame-ancestors"]).toEqual(["'self'", ...sites]);
  });

  test.each(["https://a.example;script-src *", "'unsafe-inline'", "moodle.example/path", "ftp://a.example"])(
    "EMBED_ANCESTORS=%s is refused in one sentence",
    (EMBED_ANCESTORS) => {
      expect(() => framersOf({ EMBED_ANCESTORS })).toThrow(/^EMBED_ANCESTORS has ".+": name sites .+\.$/);
    },
  );
});
