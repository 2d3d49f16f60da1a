// For tests only: entries of boards that were never submitted.
import { parseExperiment } from "../../spec/experiment";
import { convolutionalNetwork } from "../../spec/presets/convolutional-network";
import { firstRun } from "../../spec/presets/first-run";
import { smallAndSharp } from "../../spec/presets/small-and-sharp";
import type { PlacedEntry } from "../records";

/** 64 hexadecimal digits that belong to a number. */
export const hashOf = (number: number): string => number.toString(16).padStart(64, "0");

/** An entry, valid as it is, with some of its fields replaced. */
export const placedEntry = (changes: Partial<PlacedEntry> = {}): PlacedEntry => ({
  rank: 1,
  id: hashOf(1),
  board: "accuracy",
  player: "Ada",
  mark: "0f3a9c",
  score: 0.9452,
  hiddenAccuracy: 0.9452,
  cleanAccuracy: 0.9729,
  parameters: 109_386,
  engine: "WebAssembly SIMD",
  deviceClass: "computer",
  proof: "replayed",
  reason: null,
  flagged: null,
  experiment: parseExperiment(firstRun),
  run: hashOf(1001),
  curve: [0.9561, 0.9631, 0.9688, 0.9702, 0.9747],
  submittedAt: "2026-11-22T08:00:00.000Z",
  ...changes,
});

const names = [
  "Ada",
  "Grace H.",
  "יעל כהן",
  "سارة",
  "Ольга",
  "W".repeat(24),
  "山田 太郎",
  "ΔΟΚΙΜΗ-1",
  "a-b_c.d",
  "Ada",
  "Quiet Otter 41",
  "Linus",
  "Émilie du Châtelet",
  "x1y",
];
const specs = [smallAndSharp.experiment, convolutionalNetwork.experiment, firstRun].map(parseExperiment);
const onGpu =
  "It was trained on WebGPU, which rounds differently from device to device: only runs on WebAssembly SIMD come out the same to the bit.";

/** A board of fourteen: eight replayed, then, from the eleventh place on, evaluated, flagged and waiting ones. */
export function boardOfFourteen(): PlacedEntry[] {
  return names.map((player, index) => {
    const proved = index < 8;
    const spec = specs[index % specs.length]!;
    const score = 0.9931 - 0.0037 * index;
    return placedEntry({
      rank: proved ? index + 1 : index + 3,
      id: hashOf(index + 1),
      run: hashOf(1001 + index),
      player,
      mark: (0x0f3a9c + 7919 * index).toString(16).padStart(6, "0"),
      score: Number(score.toFixed(4)),
      hiddenAccuracy: Number(score.toFixed(4)),
      cleanAccuracy: Number(Math.min(0.9999, score + 0.006).toFixed(4)),
      parameters: [1_986, 34_826, 109_386][index % 3],
      proof: proved ? "replayed" : index % 2 === 0 ? "pending" : "evaluated",
      engine: proved || index % 2 === 0 ? "WebAssembly SIMD" : "WebGPU",
      deviceClass: index % 4 === 3 ? "phone" : "computer",
      reason: proved || index % 2 === 0 ? null : onGpu,
      flagged:
        index === 9
          ? "It reads 99.98 % of the official test images right and 95.98 % of the hidden ones: a gap as of a network that was trained on the test images."
          : null,
      experiment: spec,
      curve: Array.from({ length: 1 + ((5 * index) % 24) }, (_, epoch) => score - 0.06 / (epoch + 1)),
      submittedAt: `2026-11-${String(10 + index)}T08:00:00.000Z`,
    });
  });
}
