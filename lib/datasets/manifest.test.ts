import { beforeAll, expect, test } from "vitest";
import { mnist } from "../spec/datasets/mnist";
import { decodePreview, filesOf, type Manifest, parseManifest, shardCounts } from "./manifest";
import { mnistFromDisk } from "./testing";
import { packMnist } from "./testing/server";

let manifest: Manifest;
beforeAll(async () => {
  ({ manifest } = await packMnist());
}, 60_000);

/** The message for the manifest with another value at this place; undefined removes it. */
function messageWith(path: string, value: unknown): string {
  const copy = structuredClone(manifest);
  const keys = path.split(".");
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>(
    (part, key) => part[key] as Record<string, unknown>,
    copy as never,
  );
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  try {
    parseManifest(copy, mnist);
  } catch (error) {
    return (error as Error).message;
  }
  return "accepted";
}

test("a manifest that agrees with the catalog comes through unchanged", () => {
  expect(parseManifest(JSON.parse(JSON.stringify(manifest)), mnist)).toEqual(manifest);
  expect(filesOf(manifest)).toHaveLength(72);
  expect(shardCounts({ ...mnist, shardSize: 7000 }, "test")).toEqual([7000, 3000]);
});

test("its preview is the first nine test images", async () => {
  const images = await mnistFromDisk().images("test", 0);
  expect(Buffer.compare(decodePreview(manifest), images.subarray(0, 9 * 784))).toBe(0);
});

test.each<[string, unknown, string]>([
  ["id", "digits", 'id is "digits"; it must be "mnist".'],
  ["revision", 2, "revision is 2; it must be 1."],
  ["shape", [28, 28], "shape is [28,28]; it must be [28,28,1]."],
  ["scale", 1, "scale is 1; it must be 255."],
  ["shardSize", 500, "shardSize is 500; it must be 1000."],
  ["train.count", 59_999, "train.count is 59999; it must be 60000."],
  ["test.shards", [], "test.shards.length is 0; it must be 10."],
  ["train.shards.3.count", 999, "train.shards[3].count is 999; it must be 1000."],
  ["train.shards.59.sha256", "../x", 'train.shards[59].sha256 is "../x"; it must be 64 hexadecimal digits.'],
  [
    "test.labels.sizeBytes",
    -1,
    "test.labels.sizeBytes is -1; it must be a whole number from 0 to 1000000000.",
  ],
  [
    "train.shards.0.url",
    "javascript:alert(1)",
    'train.shards[0].url is "javascript:alert(1)"; it must be an http address or a path that begins with /.',
  ],
  ["licence", undefined, "licence is missing; it must be a text."],
  ["train", null, "train is null; it must be an object."],
  ["preview", "AAAA", 'preview is "AAAA"; it must be 9 images in base64.'],
  ["preview", "A", 'preview is "A"; it must be 9 images in base64.'],
])("%s of %j is refused in one sentence", (path, value, message) => {
  expect(messageWith(path, value)).toBe(message);
});

test("a field that is not in it is refused by name", () => {
  expect(messageWith("extra", 1)).toMatch(
    /^extra is 1, but there is no such field; it must be "id", .* or "test".$/,
  );
});

test.each([null, [], "text", 7])("%j is no manifest", (input) => {
  expect(() => parseManifest(input, mnist)).toThrow(/^manifest is .*; it must be an object\.$/);
});
