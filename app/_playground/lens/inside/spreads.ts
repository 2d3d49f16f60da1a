// How the weights were spread at the moments that were looked at, in the order of the run.
import type { Spread } from "@/lib/lens/contract";

export interface SpreadAt extends Spread {
  /** In epochs, 1.5 in the middle of the second. */
  epoch: number;
}

/** More moments than a picture has room for are thinned: every other one goes. */
export const MAX_MOMENTS = 64;

/** With one more, in the place of one of the same moment. What the optimizer does is kept where only the former knew it. */
export function addMoment(moments: readonly SpreadAt[], added: SpreadAt): readonly SpreadAt[] {
  const former = moments.find(({ epoch }) => epoch === added.epoch);
  const knew = former?.layers.some(({ updates }) => updates !== null) ?? false;
  if (knew && added.layers.every(({ updates }) => updates === null)) return moments;
  const all = [...moments.filter(({ epoch }) => epoch !== added.epoch), added].sort(
    (a, b) => a.epoch - b.epoch,
  );
  return all.length > MAX_MOMENTS ? all.filter((_, i) => i % 2 === 0 || i === all.length - 1) : all;
}

/** The bins in which anything is at any of the moments, from the first to before the last; one at least. */
export function occupied(columns: readonly Float32Array[]): { from: number; to: number } {
  const bins = columns[0]?.length ?? 0;
  const any = (bin: number) => columns.some((shares) => shares[bin]! > 0);
  let [from, to] = [0, bins];
  while (from < to - 1 && !any(from)) from++;
  while (to > from + 1 && !any(to - 1)) to--;
  return { from, to };
}

/** One picture: a column for each moment, the largest numbers at the top, the darkest bin of each column in full ink. */
export function asPicture(columns: readonly Float32Array[], { from, to }: { from: number; to: number }) {
  const height = to - from;
  const values = new Float32Array(height * columns.length);
  for (const [x, shares] of columns.entries()) {
    const most = shares.reduce((max, share) => Math.max(max, share), 0) || 1;
    for (let bin = from; bin < to; bin++)
      values[(to - 1 - bin) * columns.length + x] = Math.sqrt(shares[bin]! / most);
  }
  return { values, height, width: columns.length };
}
