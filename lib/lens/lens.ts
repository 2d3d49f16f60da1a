// The lens: looks at weights that it is given and answers questions about them, beside the training and not in its way.
// It holds one engine and some images; each kind of question is a plain function in a file of its own.
import type { DatasetSource } from "../datasets/source";
import type { DatasetDefinition } from "../spec/define";
import { parseExperiment } from "../spec/experiment";
import { datasetOf, mapLabels, type Selection, type Split, selectSamples } from "../spec/samples";
import { checkWeights, trainableProgram } from "../training/checked";
import type { AnswerOf, LensApi, LensSplit, QuestionKind, QuestionOf } from "./contract";
import type { Looking } from "./looking";
import { Outputs, type SelectEngine } from "./outputs";
import { questions } from "./questions";
import { Shards } from "./shards";

export interface LensParts {
  openDataset(dataset: DatasetDefinition): DatasetSource;
  /** Starts the engine that is asked: ours, so that the answers are the same on every device. */
  selectEngine: SelectEngine;
}

const fileOf = (split: LensSplit): Split => (split === "test" ? "test" : "train");

export class Lens implements LensApi {
  #outputs: Outputs;
  #shards: Shards | null = null;
  #looking: Looking | null = null;
  #locked = false;

  constructor(readonly parts: LensParts) {
    this.#outputs = new Outputs(parts.selectEngine);
  }

  async open(spec: unknown, weights: readonly Float32Array[], locked: boolean): Promise<void> {
    const dataset = datasetOf(parseExperiment(spec));
    if (this.#shards?.dataset !== dataset)
      this.#shards = new Shards(this.parts.openDataset(dataset), dataset);
    this.#looking = this.#lookAt(this.#shards, spec, weights);
    this.#locked = locked;
  }

  async look(weights: readonly Float32Array[]): Promise<void> {
    const { spec } = this.#network();
    this.#looking = this.#lookAt(this.#shards!, spec, weights);
  }

  async ask<K extends QuestionKind>(kind: K, question: QuestionOf<K>): Promise<AnswerOf<K>> {
    return questions[kind](this.#network(), question);
  }

  #network(): Looking {
    if (this.#looking === null) throw new Error("There is no network to look at yet: train one.");
    return this.#looking;
  }

  #lookAt(shards: Shards, input: unknown, weights: readonly Float32Array[]): Looking {
    const spec = parseExperiment(input);
    const program = trainableProgram(spec);
    checkWeights(program, weights);
    const { dataset } = shards;
    let selection: Promise<Selection> | null = null;
    const files = () => Promise.all([shards.labels("train"), shards.labels("test")]);
    return {
      spec,
      program,
      weights,
      dataset,
      selection: () => {
        selection ??= files().then(([train, test]) => selectSamples(spec, { train, test }));
        return selection;
      },
      labels: async (split) => {
        this.#allow(split);
        return mapLabels(spec, await shards.labels(fileOf(split)));
      },
      images: async (split, rows) => {
        this.#allow(split);
        return shards.images(fileOf(split), rows);
      },
      outputs: (images, steps = program.steps.length) =>
        this.#outputs.of({ program, weights, dataset }, images, steps),
      beside: (other, others) => {
        const { label } = datasetOf(parseExperiment(other));
        if (label !== dataset.label)
          throw new Error(`The other network reads ${label}, this one ${dataset.label}.`);
        return this.#lookAt(shards, other, others);
      },
    };
  }

  #allow(split: LensSplit): void {
    if (split === "test" && this.#locked) throw new Error("The test images are locked: open them first.");
  }
}
