import { describe, expect, test, vi } from "vitest";
import type { StoredRun } from "@/lib/runs/archive";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { createOgAnswer } from "./og-answer";

const spec = parseExperiment(firstRun);
const code = encodeExperiment(spec);
const id = "0123456789abcdef".repeat(4);
const stored = { id, run: { experiment: spec } } as StoredRun;

function answering(runs: Readonly<Record<string, StoredRun>> = {}) {
  const draw = vi.fn(async (_: unknown, run: unknown) => new Uint8Array([run === null ? 1 : 2]));
  const readRun = vi.fn(async (name: string) => runs[name] ?? null);
  return { draw, readRun, answer: createOgAnswer({ draw, readRun }) };
}

const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

describe("the picture of a code", () => {
  test("is a PNG that may be kept for ever", async () => {
    const { answer } = answering();
    const response = await answer(code);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Type")).toBe("image/png");
    expect(response.headers.get("Cache-Control")).toBe(
      "public, max-age=31536000, s-maxage=31536000, immutable",
    );
    expect(await bytesOf(response)).toEqual([1]);
  });

  test("is drawn once for all ways of writing the code, also when they come together", async () => {
    const { answer, draw } = answering();
    await Promise.all([answer(code), answer(code), answer(code.replaceAll("~", "%7E"))]);
    expect(draw).toHaveBeenCalledTimes(1);
  });

  test("is a run's where the code is a run's name, curves and all", async () => {
    const { answer, draw } = answering({ [id]: stored });
    expect(await bytesOf(await answer(id))).toEqual([2]);
    expect(draw).toHaveBeenCalledWith(spec, stored.run);
    expect(await bytesOf(await answer(code))).toEqual([1]);
  });

  test("comes one after the other, and one that fails does not stop the next", async () => {
    const { answer, draw } = answering();
    let drawing = 0;
    draw.mockImplementation(async () => {
      drawing += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (drawing > 1) throw new Error("Two at once.");
      drawing -= 1;
      return new Uint8Array([1]);
    });
    const others = [1, 2, 3].map((seed) => answer(encodeExperiment({ ...spec, seed })));
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200]);
    draw.mockRejectedValueOnce(new Error("No picture."));
    await expect(answer(encodeExperiment({ ...spec, seed: 8 }))).rejects.toThrow("No picture.");
    expect((await answer(encodeExperiment({ ...spec, seed: 8 }))).status).toBe(200);
  });
});

describe("a code without a picture", () => {
  test.each(["", "bad", "1~", "%E0%A4%A", "../etc/passwd", `${code}~seed-x`, id.toUpperCase(), `${id}0`])(
    "is refused in one sentence: %s",
    async (bad) => {
      const { answer, readRun } = answering();
      const response = await answer(bad);
      expect(response.status).toBe(404);
      expect(response.headers.get("Cache-Control")).toBe("public, max-age=60, s-maxage=300");
      expect((await response.json()).error).toMatchObject({ code: "not_found", field: "code" });
      expect(readRun).not.toHaveBeenCalled();
    },
  );

  test("is not remembered as such where it names a run: it may be published any time", async () => {
    const { answer } = answering();
    const response = await answer(id);
    expect(response.status).toBe(404);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
  });
});
