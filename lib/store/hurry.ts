// A stroke is answered before the page draws how the run goes on: what can wait does so meanwhile, and comes in its order
// once the pen rests.

/** So long after an answer the pen rests: a stroke that goes on has been heard of again by then. */
const REST_MS = 100;
/** Nothing waits longer than this: who draws on and on still sees the run go on. */
const MOST_MS = 2000;

/** In the order in which it came; the same function waits once. */
const waiting = new Set<() => void>();
let isHurried = false;
let most: ReturnType<typeof setTimeout> | undefined;
let rest: ReturnType<typeof setTimeout> | undefined;

/** Something was drawn that is to be answered: what can wait does, until `answered`. */
export function hurry(): void {
  clearTimeout(rest);
  if (isHurried) return;
  isHurried = true;
  most = setTimeout(calm, MOST_MS);
}

/** The newest that was drawn is answered, and shown. */
export function answered(): void {
  clearTimeout(rest);
  if (isHurried) rest = setTimeout(calm, REST_MS);
}

/** Works at once, or where somebody draws, in a moment. */
export function whenCalm(work: () => void): void {
  if (isHurried || waiting.size > 0) waiting.add(work);
  else work();
}

function calm(): void {
  clearTimeout(most);
  clearTimeout(rest);
  isHurried = false;
  workOn();
}

/** One a task: together they would hold the page up. */
function workOn(): void {
  const [work] = waiting;
  if (work === undefined || isHurried) return;
  waiting.delete(work);
  if (waiting.size > 0) setTimeout(workOn);
  work();
}
