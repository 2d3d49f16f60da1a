// Long work on a page's thread, in slices: what a person does meanwhile is answered between them.

/** Work that says where it can be interrupted. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Half of a frame. */
const SLICE_MS = 8;

/** Does the work; what it throws is thrown. */
export async function inSlices<T>(work: Work<T>): Promise<T> {
  for (let due = performance.now() + SLICE_MS; ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() < due) continue;
    await new Promise<void>((goOn) => setTimeout(goOn));
    due = performance.now() + SLICE_MS;
  }
}
