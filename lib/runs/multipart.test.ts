import fc from "fast-check";
import { expect, test } from "vitest";
import { ApiError } from "../http";
import { boundaryOf, readParts } from "./multipart";

const allowed = ["run", "weights", "upload"];
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

/** A form as the platform writes it, with its boundary. */
async function written(form: FormData) {
  const request = new Request("http://a.test", { method: "POST", body: form });
  const boundary = boundaryOf(request.headers.get("content-type"));
  return { boundary, bytes: new Uint8Array(await request.arrayBuffer()) };
}

test("any two parts come back byte for byte from what the platform writes", async () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (first, second) => {
      const form = new FormData();
      form.append("run", new Blob([first.slice()]), "run.json");
      form.append("weights", new Blob([second.slice()]));
      const { boundary, bytes } = await written(form);
      const parts = readParts(bytes, boundary, allowed);
      expect([...parts.keys()]).toEqual(["run", "weights"]);
      expect(parts.get("run")).toEqual(first);
      expect(parts.get("weights")).toEqual(second);
    }),
  );
});

test("a field without a file, and bytes that look like a boundary, are read as they are", async () => {
  const form = new FormData();
  form.append("upload", "uploads/a");
  const lookalike = "\r\n--\r\n------formdata\r\n--x--";
  form.append("run", new Blob([lookalike]));
  const { boundary, bytes } = await written(form);
  const parts = readParts(bytes, boundary, allowed);
  expect([decode(parts.get("upload")), decode(parts.get("run"))]).toEqual(["uploads/a", lookalike]);
});

test("what curl writes is read too", () => {
  const boundary = boundaryOf("multipart/form-data; boundary=------------------------d74496d66958873e");
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="run"; filename="run.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n--${boundary}--\r\n`;
  expect(decode(readParts(encode(body), boundary, allowed).get("run"))).toBe("{}");
});

test.each([
  [null],
  ["application/json"],
  ["multipart/form-data"],
  ["multipart/form-data; boundary="],
  ['multipart/form-data; boundary="'],
  [`multipart/form-data; boundary=${"x".repeat(71)}`],
  ["multipart/form-data; boundary=a\r\nb"],
  ["multipart/mixed; boundary=a"],
])("the content type %j is refused", (contentType) => {
  expect(() => boundaryOf(contentType)).toThrow(expect.objectContaining({ status: 415 }));
});

const head = (name: string) => `Content-Disposition: form-data; name="${name}"\r\n\r\n`;
test.each([
  ["nothing", "", /does not begin/],
  ["another boundary", `--y\r\n${head("run")}1\r\n--y--`, /does not begin/],
  ["no end of the header", "--x\r\nContent-Disposition: form-data", /no end of its header/],
  ["an endless header", `--x\r\n${"a".repeat(2000)}${head("run")}1\r\n--x--`, /no end of its header/],
  ["no header at all", "--x\r\n\r\n1\r\n--x--", /must be named one of run, weights, upload/],
  ["an unknown name", `--x\r\n${head("__proto__")}1\r\n--x--`, /must be named one of/],
  [
    "a name twice",
    `--x\r\n${head("run")}1\r\n--x\r\n${head("run")}2\r\n--x--`,
    /run of the body must come once/,
  ],
  ["a part without an end", `--x\r\n${head("run")}1`, /run of the body has no end/],
  ["no end of the body", `--x\r\n${head("run")}1\r\n--x`, /does not end/],
  ["half of the end", `--x\r\n${head("run")}1\r\n--x-`, /does not end/],
  ["something after the end", `--x\r\n${head("run")}1\r\n--x--\r\nmore`, /does not end/],
])("a body with %s is refused in one sentence", (_, body, message) => {
  expect(() => readParts(encode(body), "x", allowed)).toThrow(message);
});

test("a form cut anywhere is refused, never read as a shorter one", async () => {
  const form = new FormData();
  form.append("run", new Blob(["{}"]), "run.json");
  form.append("weights", new Blob([new Uint8Array(40)]), "weights.bin");
  const { boundary, bytes } = await written(form);
  // The last line break may be missing.
  for (let length = 0; length < bytes.length - 2; length++)
    expect(() => readParts(bytes.subarray(0, length), boundary, allowed)).toThrow(ApiError);
});
