// Which image is looked at: one of a few that the network is validated on, or the one that was drawn.
import { useState } from "react";
import type { Examples } from "@/lib/lens/contract";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { sizeOf } from "@/lib/spec/ops";
import { datasetOf } from "@/lib/spec/samples";
import { useDrawn } from "../drawn";
import { useLens } from "../use-lens";

/** Images to choose from. */
export const COUNT = 9;

export type Choice = number | "drawn";

export interface Subject {
  examples: Examples | null;
  problem: string | null;
  drawn: Uint8Array | null;
  choice: Choice;
  /** Bytes of the chosen image: the same array while they are the same. */
  image: Uint8Array | null;
  choose(choice: Choice): void;
  /** Brings other images to choose from. */
  more(): void;
}

export function useSubject(spec: ExperimentSpec): Subject {
  const [from, setFrom] = useState(0);
  const { answer: examples, problem } = useLens("examples", { from, count: COUNT });
  const last = useDrawn();
  // What was drawn for another data set has another shape.
  const drawn = last?.length === sizeOf(datasetOf(spec).shape) ? last : null;
  const [wanted, setWanted] = useState<Choice | null>(null);
  // Who has drawn something wants to see that.
  const own = drawn === null ? 0 : "drawn";
  const choice = wanted === null || wanted === "drawn" ? own : wanted;
  const image = useSameBytes(choice === "drawn" ? drawn : cut(examples, choice));
  return {
    examples,
    problem,
    drawn,
    choice,
    image,
    choose: setWanted,
    more: () => setFrom(from + COUNT),
  };
}

function cut(examples: Examples | null, index: number): Uint8Array | null {
  if (examples === null) return null;
  const bytes = examples.images.length / examples.rows.length;
  const own = Math.min(index, examples.rows.length - 1);
  return examples.images.slice(own * bytes, (own + 1) * bytes);
}

/** The former array where the bytes are the same: nothing is asked anew about the same image. */
function useSameBytes(bytes: Uint8Array | null): Uint8Array | null {
  const [held, setHeld] = useState(bytes);
  const same =
    bytes === held ||
    (bytes !== null && held?.length === bytes.length && bytes.every((byte, i) => byte === held[i]));
  if (!same) setHeld(bytes);
  return same ? held : bytes;
}
