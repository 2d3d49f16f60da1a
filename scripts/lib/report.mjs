// What the commands print: one line per step, the time it takes while it takes it, one sentence when it fails.

/** A failure with a known cause: `message` is one sentence that says what to do. Printed without a stack. */
export class Failure extends Error {
  name = "Failure";
  /** @param {string} message @param {string} [details] output worth reading, printed above the message */
  constructor(message, details = "") {
    super(message);
    this.details = details;
  }
}

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Does `work` under a title; from the first second on it shows that and for how long it is at work.
 * @template T
 * @param {string} title e.g. "Building the app"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = Date.now();
  const live = process.stdout.isTTY === true;
  let shown = false;
  const show = () => {
    const text = `${title} … ${seconds(since)}`;
    process.stdout.write(live ? `\r${text}` : `${text}\n`);
    shown = true;
  };
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, live ? 1000 : 15_000);
  }, 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) process.stdout.write(`${live ? "\r" : ""}${title}: ${seconds(since)}   \n`);
  }
}

/** Prints a Failure: its details, then its sentence. @param {unknown} error anything else is thrown on */
export function printFailure(error) {
  if (!(error instanceof Failure)) throw error;
  if (error.details) process.stderr.write(`${error.details.trimEnd()}\n\n`);
  process.stderr.write(`${error.message}\n`);
}

/**
 * Runs a command's whole body; a Failure becomes its sentence on stderr and exit code 1.
 * @param {() => Promise<number>} body gives the exit code
 */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
}
