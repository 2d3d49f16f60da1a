// A trained network that has an engine only while it is asked: many may rest on a page.
import type { ExperimentSpec } from "../spec/experiment";
import type { NetworkClient } from "../training/client";

/** What answers, wherever it runs. */
export type Answerer = Pick<NetworkClient, "predictTest" | "predict" | "evaluate" | "dispose">;

/** A network in a worker of its own. @throws Error in one sentence where the weights are not its own, or no engine works here */
export async function openClient(
  spec: ExperimentSpec,
  weights: readonly Float32Array[],
): Promise<NetworkClient> {
  const { createNetworkClient } = await import("../training/client");
  const opened = createNetworkClient();
  try {
    await opened.open(spec, [...weights]);
  } catch (error) {
    opened.dispose();
    throw error;
  }
  return opened;
}

/** Milliseconds after an answer in which the next question is likely: somebody draws, or looks at another eight images. */
const QUIET_MS = 5000;

/**
 * @param open starts an engine with the network
 * @returns answers with an engine that is started for the first question and ended some time after the last
 */
export function createResting(open: () => Promise<NetworkClient>, quietMs = QUIET_MS): Answerer {
  let opened: Promise<NetworkClient> | null = null;
  let asking = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function rest(): void {
    clearTimeout(timer);
    opened?.then((client) => client.dispose()).catch(() => {});
    opened = null;
  }

  async function ask<T>(question: (client: NetworkClient) => Promise<T>): Promise<T> {
    clearTimeout(timer);
    asking += 1;
    try {
      opened ??= open();
      return await question(await opened);
    } catch (error) {
      // The next question starts another.
      rest();
      throw error;
    } finally {
      asking -= 1;
      clearTimeout(timer);
      if (asking === 0) timer = setTimeout(rest, quietMs);
    }
  }

  return {
    predictTest: (rows) => ask((client) => client.predictTest(rows)),
    predict: (images) => ask((client) => client.predict(images)),
    evaluate: () => ask((client) => client.evaluate()),
    dispose: rest,
  };
}
