import { expect, test } from "vitest";
import { isOwn, originOf, parseUrl, requireOwnOrigin } from "./host";

const request = (headers: Record<string, string> = {}) =>
  new Request("http://internal.test:3000/api", { headers });

test.each([
  [{}, "http://internal.test:3000"],
  [{ host: "localhost:4000" }, "http://localhost:4000"],
  [{ host: "descent.example", "x-forwarded-proto": "https" }, "https://descent.example"],
  [{ host: "descent.example", "x-forwarded-proto": "https,http" }, "https://descent.example"],
  [{ host: "descent.example", "x-forwarded-proto": "javascript" }, "http://descent.example"],
  [{ host: 'a"><script>' }, "http://internal.test:3000"],
  [{ host: "user:password@evil.test/path?#" }, "http://evil.test"],
  [{ host: "" }, "http://internal.test:3000"],
])("with %j this server is at %s", (headers, origin) => {
  expect(originOf(request(headers))).toBe(origin);
});

test("an address is this server's by its host alone", () => {
  const own = (address: string) => isOwn(parseUrl(address)!, request({ host: "descent.example" }));
  expect(["http://descent.example/", "https://DESCENT.example/r/1"].map(own)).toEqual([true, true]);
  const foreign = [
    "https://descent.example.evil.test/",
    "https://evil.test/descent.example",
    "https://descent.example@evil.test/",
    "https://descent.example:444/",
    "ftp://descent.example/",
    "javascript://descent.example/%0aalert(1)",
  ];
  expect(foreign.map(own)).toEqual(foreign.map(() => false));
});

test("this server's pages may write, and programs that are no page; other sites' pages may not", () => {
  const write = (origin?: string) => () =>
    requireOwnOrigin(request({ host: "localhost:3000", ...(origin === undefined ? {} : { origin }) }));
  expect(write()).not.toThrow();
  expect(write("http://localhost:3000")).not.toThrow();
  for (const origin of ["https://evil.test", "null", "", "http://localhost:3001", "http://localhost"])
    expect(write(origin)).toThrow(expect.objectContaining({ status: 403, field: "Origin" }));
});
