// Numbers that a network which has not seen the test images is not expected to have. Only ever a remark beside an
// entry: nobody is judged by a ratio.
import type { Accuracies } from "./board";
import { formatShare } from "./format";

/**
 * Honest networks err on the hidden images up to 2 times as often as on the official ones (measured from 0.87 to 0.995);
 * those trained on the test images 6 to 20 times.
 */
const MOST_TIMES = 4;
/** Some images are lost whatever a network has learnt. */
const SLACK = 0.005;
/** A network reads images that it learnt from at least about as well as others. */
const LEAST_LEAD = -0.015;

/** What is improbable about a network's accuracies, in one sentence; null where nothing is. */
export function flagOf({ hidden, clean, train }: Accuracies): string | null {
  if (1 - hidden > MOST_TIMES * (1 - clean) + SLACK)
    return `It reads ${formatShare(clean)} of the official test images right and ${formatShare(hidden)} of the hidden ones: a gap as of a network that was trained on the test images.`;
  if (train - clean < LEAST_LEAD)
    return `It reads ${formatShare(clean)} of the test images right and ${formatShare(train)} of the training images: as a network that was trained on the test images.`;
  return null;
}
