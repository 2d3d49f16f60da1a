// PyTorch as a child process that answers one line per command.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { OpenSeat } from "./browser";
import { LEARNING_RATE, networks } from "./cases";

const script = fileURLToPath(new URL("pytorch.py", import.meta.url));
/** The one in front may be an environment without PyTorch; a system's package serves the system's Python. */
const pythons = [process.env.PYTHON, "python3", "/usr/bin/python3", "python"];

export interface Torch {
  version: string;
  /** What multiplies its matrices. */
  blas: string;
}

/** @returns a seat with what PyTorch says of itself, or null where there is none */
export async function startPython(data: string): Promise<(OpenSeat & { torch: Torch }) | null> {
  for (const python of pythons) {
    if (!python) continue;
    // It ends with its input, and so never outlives this process.
    const child = spawn(python, [script], { stdio: ["pipe", "pipe", "ignore"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    child.once("error", () => {});
    const first = await lines.next();
    if (first.done) continue;
    const call = async (name: string, values: object) => {
      child.stdin.write(`${JSON.stringify({ call: name, arguments: values })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error("the Python process ended");
      return JSON.parse(line.value);
    };
    return {
      torch: JSON.parse(first.value),
      prepare: ({ network, batchSize, images }) =>
        call("prepare", {
          layers: networks[network].layers,
          batchSize,
          folder: `${data}/${images}`,
          learningRate: LEARNING_RATE,
        }),
      train: (steps) => call("train", { steps }),
      evaluate: (count) => call("evaluate", { count }),
      peakBytes: () => call("memory", {}),
      close: async () => {
        const ended = once(child, "exit");
        child.kill();
        await ended;
      },
    };
  }
  return null;
}
