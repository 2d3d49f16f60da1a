// What a network scores with weights that were made shorter: in a worker of its own, so that no run hears of it.
import type { ExperimentSpec } from "@/lib/spec/experiment";

/**
 * The accuracy of these weights on the test images, 0 to 1.
 * @throws Error in one sentence where the test images cannot be had or no engine works here
 */
export async function measure(spec: ExperimentSpec, weights: readonly Float32Array[]): Promise<number> {
  const { createNetworkClient } = await import("@/lib/training/client");
  const network = createNetworkClient();
  try {
    await network.open(spec, [...weights]);
    return (await network.evaluate()).accuracy;
  } finally {
    network.dispose();
  }
}
