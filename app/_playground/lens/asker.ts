// One question on its way at a time; of those that come meanwhile, the newest is asked next.

/**
 * @param ask never rejects
 * @param give hears each answer, unless nothing is wanted any more
 * @returns takes what is to be asked now: a question counts as another where it is another object; null asks nothing
 */
export function createAsker<Q extends object, A>(
  ask: (question: Q) => Promise<A>,
  give: (question: Q, answer: A) => void,
): (question: Q | null) => void {
  let newest: Q | null = null;
  let asking = false;

  async function work(): Promise<void> {
    asking = true;
    for (let last: Q | null = null; newest !== null && newest !== last; ) {
      const question: Q = newest;
      last = question;
      const answer = await ask(question);
      if (newest !== null) give(question, answer);
    }
    // In the same moment in which there is nothing more to ask: what comes next begins anew.
    asking = false;
  }

  return (question) => {
    newest = question;
    if (!asking) void work();
  };
}
