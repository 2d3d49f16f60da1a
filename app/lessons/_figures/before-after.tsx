// One test image, and what two networks say to it: the one that the seed drew, before it had seen anything, and the one
// that training made of it.
import { useEffect, useMemo, useRef, useState } from "react";
import { useRun, useSpec } from "@/app/_playground/use-stores";
import { TextButton } from "@/app/_ui/button";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import { marks as names } from "@/lib/lessons/loss-to-backpropagation/marks";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { buildProgram, initialWeights } from "@/lib/spec/program";
import { datasetOf } from "@/lib/spec/samples";
import { predictTest } from "@/lib/store/run";
import type { NetworkClient } from "@/lib/training/client";
import type { Predictions } from "@/lib/training/contract";
import type { FigureProps } from "./figure";

/** Rows of the test file that are shown one after the other; the first is the file's first. */
const ROWS = [0, 18, 8, 33, 61, 92, 115, 149, 247, 320] as const;

export default function BeforeAfter({ marks }: FigureProps) {
  const edited = useSpec();
  const run = useRun(({ spec }) => spec);
  const spec = run ?? edited;
  const epochs = useRun(({ history }) => history.length);
  const [turn, setTurn] = useState(0);
  const row = ROWS[turn % ROWS.length]!;
  const { said: before, failure } = useUntrained(spec, row);
  const trained = useTrained(epochs, row);
  // Both columns are of the image that is shown, the one that the untrained network answered last.
  const after = before !== null && trained?.row === before.row ? trained : null;
  const both = before !== null && after !== null;
  useEffect(() => {
    if (both) marks(names.compared, true);
  }, [both, marks]);

  const dataset = datasetOf(spec);
  const classes = (spec.dataset.classes ?? [...dataset.classNames.keys()]).map(
    (kind) => dataset.classNames[kind]!,
  );
  const label = before === null ? null : before.labels[0]!;
  return (
    <figure
      aria-label="An image’s probabilities before and after training"
      className="@container my-6 max-w-xl text-sm leading-5"
    >
      <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-5 @md:grid-cols-[9rem_minmax(0,1fr)] @md:gap-x-8">
        <div>
          <div className="aspect-square overflow-hidden rounded-md bg-line">
            {before !== null && (
              <ImageCanvas
                images={before.images}
                index={0}
                dataset={dataset}
                label={`Test image with the label ${classes[label!]}`}
                className="size-full [image-rendering:pixelated]"
              />
            )}
          </div>
          <p className="mt-1.5 text-mini text-soft">label {label === null ? "" : classes[label]}</p>
          <TextButton onClick={() => setTurn(turn + 1)} disabled={before === null}>
            another image
          </TextButton>
        </div>
        <table className="w-full border-separate border-spacing-y-px text-mini">
          <caption className="sr-only">Probability of each class, before and after training</caption>
          <thead>
            <tr className="text-left text-soft">
              <th scope="col">
                <span className="sr-only">class</span>
              </th>
              <th scope="col" className="font-normal">
                untrained
              </th>
              <th scope="col" className="font-normal">
                {epochs === 0 ? "trained" : `after ${epochs === 1 ? "1 epoch" : `${epochs} epochs`}`}
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((name, kind) => (
              <tr key={name} className={kind === label ? "font-semibold" : "text-soft"}>
                <th
                  scope="row"
                  className={`w-4 pr-2 text-right ${kind === label ? "font-semibold" : "font-normal"}`}
                >
                  {name}
                  {kind === label && <span className="sr-only">, the label</span>}
                </th>
                <Share share={before?.probabilities[kind] ?? null} right={kind === label} />
                <Share share={after?.probabilities[kind] ?? null} right={kind === label} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p role="status" className="mt-3 min-h-5 text-mini text-soft">
        {failure ?? (after === null ? "Train the network to see what it says then." : "")}
      </p>
    </figure>
  );
}

/** A bar with its number. Empty where the network has not said anything. */
function Share({ share, right }: { share: number | null; right: boolean }) {
  return (
    <td className="w-1/2 pr-3">
      <span className="flex items-center gap-2">
        <span aria-hidden="true" className="h-2.5 flex-1 bg-line/60">
          {share !== null && (
            <span
              className={`block h-full min-w-px ${right ? "bg-train" : "bg-soft"}`}
              style={{ width: `${100 * share}%` }}
            />
          )}
        </span>
        <span className="w-8 text-right">{share === null ? "" : share.toFixed(2)}</span>
      </span>
    </td>
  );
}

/** What a network says to the image of a row. */
interface Said extends Predictions {
  row: number;
}

/** What the network says with the weights that its seed draws. */
function useUntrained(spec: ExperimentSpec, row: number) {
  const [said, setSaid] = useState<Said | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const client = useRef<NetworkClient | null>(null);
  // Another learning rate or number of epochs is the same network.
  const network = JSON.stringify([spec.dataset.id, spec.dataset.classes, spec.layers, spec.loss, spec.seed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `network` is all of the experiment that counts here.
  const asked = useMemo(() => spec, [network]);
  const program = useMemo(() => buildProgram(asked), [asked]);
  const broken = program.problems.find(({ severity }) => severity === "error");

  useEffect(() => {
    let wanted = true;
    setFailure(null);
    if (broken !== undefined) {
      setFailure(broken.message);
      return;
    }
    const ask = async () => {
      const { createNetworkClient } = await import("@/lib/training/client");
      if (!wanted) return;
      client.current ??= createNetworkClient();
      await client.current.open(asked, initialWeights(program, asked.seed));
      const answer = await client.current.predictTest([row]);
      if (wanted) setSaid({ ...answer, row });
    };
    ask().catch((error: unknown) => {
      if (wanted) setFailure(error instanceof Error ? error.message : String(error));
    });
    return () => {
      wanted = false;
    };
  }, [asked, program, broken, row]);

  useEffect(
    () => () => {
      client.current?.dispose();
      client.current = null;
    },
    [],
  );
  return { said, failure };
}

/** What the run's network says; null while there is none. Asked again after every epoch. */
function useTrained(epochs: number, row: number): Said | null {
  const [said, setSaid] = useState<Said | null>(null);
  const state = useRun((run) => run.state);
  const hash = useRun((run) => run.hash);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other weights answer differently.
  useEffect(() => {
    if (epochs === 0) {
      setSaid(null);
      return;
    }
    let wanted = true;
    predictTest([row]).then((answer) => {
      if (wanted && answer !== null) setSaid({ ...answer, row });
    });
    return () => {
      wanted = false;
    };
  }, [epochs, state, hash, row]);
  return said;
}
