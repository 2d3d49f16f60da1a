// Which problem is shown where: at the field it names, or else at the end of the nearest panel.
import type { Problem } from "@/lib/spec/program";

/** Problems of this field or of a part of it: "layers[1]" takes "layers[1].units" too. */
export const problemsAt = (problems: readonly Problem[], field: string): Problem[] =>
  problems.filter((problem) => problem.field === field || problem.field.startsWith(`${field}.`));

/** "Layer 3: …" for a problem of a layer; a problem elsewhere speaks for itself. */
export function problemSentence({ field, message }: Problem): string {
  const layer = /^layers\[(\d+)\]/.exec(field);
  return layer === null ? message : `Layer ${Number(layer[1]) + 1}: ${message}`;
}
