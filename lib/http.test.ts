import { expect, test, vi } from "vitest";
import { parseExperiment } from "@/lib/spec/experiment";
import { checkName, StoreError } from "./blob/store";
import { ApiError, respond, route } from "./http";

const answerTo = async (handler: () => unknown) => {
  const response = await route(async () => respond(await handler()))(new Request("http://a.test"));
  return [response.status, await response.json()];
};

test("what a handler gives is answered as JSON that nobody keeps unless told to", async () => {
  const response = await route(async () => respond({ a: 1 }, { status: 201 }))(new Request("http://a.test"));
  expect([response.status, await response.json()]).toEqual([201, { a: 1 }]);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("content-type")).toContain("application/json");
});

test("bad input is a 422 that names the field", async () => {
  const [status, body] = await answerTo(() => parseExperiment({ version: 2 }));
  expect([status, body.error]).toEqual([
    422,
    { code: "invalid", field: "version", message: "version is 2; it must be 1." },
  ]);
});

test("each kind of trouble has its status", async () => {
  const full = new ApiError(429, "too_many", "Wait a minute.");
  expect(await answerTo(() => Promise.reject(full))).toEqual([
    429,
    { error: { code: "too_many", message: "Wait a minute." } },
  ]);
  expect((await answerTo(() => checkName("../x")))[0]).toBe(400);
  expect((await answerTo(() => Promise.reject(new StoreError("The store is gone."))))[0]).toBe(503);
});

test("a refusal that passes says when to ask again", async () => {
  const retryAfter = async (error: Error) =>
    (await route(() => Promise.reject(error))(new Request("http://a.test"))).headers.get("retry-after");
  expect(await retryAfter(new ApiError(429, "too_many", "Wait a minute.", undefined, 60))).toBe("60");
  expect(await retryAfter(new StoreError("The store is gone."))).toBe("5");
  expect(await retryAfter(new ApiError(404, "not_found", "There is none."))).toBeNull();
});

test("a fault of ours says nothing about itself to the outside, and everything to the log", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const fault = new TypeError("secret detail");
  const [status, body] = await answerTo(() => Promise.reject(fault));
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toMatch(/secret|TypeError|at /);
  expect(log).toHaveBeenCalledWith(fault);
  log.mockRestore();
});

test("every answer says which runtime made it, and any site may read those that are for all", async () => {
  const request = new Request("http://a.test");
  const broken = async () => Promise.reject(new ApiError(404, "not_found", "There is none."));
  const own = await route(broken)(request);
  expect([own.headers.get("x-runtime"), own.headers.get("access-control-allow-origin")]).toEqual([
    "nodejs",
    null,
  ]);
  vi.stubGlobal("EdgeRuntime", "edge-runtime");
  const open = await route(broken, { anyOrigin: true })(request);
  vi.unstubAllGlobals();
  expect([open.headers.get("x-runtime"), open.headers.get("access-control-allow-origin")]).toEqual([
    "edge",
    "*",
  ]);
});

test("an answer's further headers do not replace how long it may be kept", async () => {
  const response = respond({}, { cacheControl: "max-age=60", headers: { ETag: '"1"' } });
  expect([response.headers.get("etag"), response.headers.get("cache-control")]).toEqual([
    '"1"',
    "max-age=60",
  ]);
});
