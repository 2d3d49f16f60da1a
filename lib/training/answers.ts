// What the network of a run answers, whenever it is asked: between the steps, on the engine of the moment.
import type { EvaluateResult } from "../engines/engine";
import { mapLabels } from "../spec/samples";
import type { HeldMoments, Predictions, Snapshot, TrainingState } from "./contract";
import type { Ready } from "./engine-room";
import type { Feed } from "./feed";
import { asProbabilities } from "./probabilities";
import type { Run } from "./run";

export type Trained = Ready & { run: Run };

export interface Host {
  /** The run and the engine that it is on. @throws Error where there is none */
  trained(): Promise<Trained>;
  /** One at a time on the engine. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

export class Answers {
  constructor(readonly host: Host) {}

  /** Loss and accuracy on the test file. */
  async evaluate(): Promise<EvaluateResult> {
    const { test } = (await this.#opened()).run.selection;
    return this.#onEngine(
      (feed) => feed.ensure("test", test),
      ({ engine }) => engine.evaluate("test", test),
    );
  }

  async predictTest(rows: readonly number[]): Promise<Predictions> {
    const { feed, run } = await this.#opened();
    const { test } = run.selection;
    const kept = Uint32Array.from(rows, (row) => test[row % test.length]!);
    await feed.ensure("test", kept);
    const images = feed.testImages(kept);
    const labels = mapLabels(run.spec, (await feed.labels()).test);
    return {
      images,
      labels: Uint8Array.from(kept, (row) => labels[row]!),
      probabilities: await this.predict(images),
    };
  }

  async predict(images: Uint8Array): Promise<Float32Array> {
    return this.#onEngine(nothing, async ({ engine, run }) =>
      asProbabilities(await engine.predict(images), run.program),
    );
  }

  async snapshot(): Promise<Snapshot> {
    return this.#onEngine(nothing, async ({ engine, run }) => ({
      weights: await engine.readWeights(),
      epoch: run.epoch,
    }));
  }

  async state(): Promise<TrainingState> {
    return this.#onEngine(nothing, async ({ engine, run }) => ({
      ...(await engine.readState()),
      learningRate: run.learningRates(Uint32Array.of(0))[0]!,
    }));
  }

  async moments(): Promise<HeldMoments> {
    return (await this.host.trained()).run.moments.held;
  }

  /** Held weights are there at once, whatever the engine is doing. */
  async momentAt(epoch: number): Promise<Float32Array[] | null> {
    const { run } = await this.host.trained();
    return epoch === 0 ? run.firstWeights() : run.moments.at(epoch);
  }

  /** @throws Error while the test images are locked */
  async #opened(): Promise<Trained> {
    const trained = await this.host.trained();
    if (trained.run.locked) throw new Error("The test images are locked: open them first.");
    return trained;
  }

  /** Works on the engine of the moment, which may have changed since it was asked for. */
  async #onEngine<T>(
    bring: (feed: Feed) => Promise<void>,
    work: (trained: Trained) => Promise<T>,
  ): Promise<T> {
    await bring((await this.host.trained()).feed);
    return this.host.exclusive(async () => {
      const trained = await this.host.trained();
      await bring(trained.feed);
      return work(trained);
    });
  }
}

const nothing = async () => {};
