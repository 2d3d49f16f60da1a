import { afterEach, describe, expect, test, vi } from "vitest";
import { mnist } from "@/lib/spec/datasets/mnist";
import { loadPreview, readPreview } from "./preview";

const bytes = Uint8Array.from({ length: 9 * 784 }, (_, i) => i % 256);
const manifest = (data: Uint8Array) => ({
  id: "mnist",
  shards: [],
  preview: Buffer.from(data).toString("base64"),
});

afterEach(() => vi.unstubAllGlobals());

describe("the preview of a data set", () => {
  test("is nine images out of the manifest", () => {
    expect(readPreview(manifest(bytes), mnist)).toEqual(bytes);
  });

  test.each([
    ["missing", {}, /preview is missing; it must be base64/],
    ["not base64", { preview: "§" }, /preview is "§"; it must be base64/],
    ["too short", manifest(bytes.subarray(1)), /7055 bytes; it must have 7056/],
  ])("is refused where it is %s", (_, input, message) => {
    expect(() => readPreview(input, mnist)).toThrow(message);
  });

  test("is asked for once, and is null where it cannot be had", async () => {
    const fetched = vi.fn(async () => new Response("no", { status: 503 }));
    vi.stubGlobal("fetch", fetched);
    expect(await loadPreview({ ...mnist, id: "absent" })).toBeNull();
    expect(await loadPreview({ ...mnist, id: "absent" })).toBeNull();
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fetched).toHaveBeenCalledWith("/api/datasets/absent");
  });
});
