// What the element tells, each in a line of words.

const words = {
  ready: ({ experiment }) => `ready: ${experiment.title || "untitled"}`,
  state: ({ state }) => `state: ${state}`,
  waiting: ({ position }) => `waiting: number ${position}`,
  epoch: ({ epoch, loss, accuracy }) =>
    `epoch ${epoch}: loss ${loss.toFixed(4)}, accuracy ${accuracy.toFixed(4)}`,
  done: ({ testAccuracy }) =>
    testAccuracy === null ? "done" : `done: ${testAccuracy.toFixed(4)} on the test images`,
  lesson: ({ done, total }) => `lesson: ${done} of ${total} steps`,
  error: ({ message }) => `error: ${message}`,
  resize: ({ height }) => `resize: ${height} px`,
  // biome-ignore lint/suspicious/noExplicitAny: embed.js has looked at what it passes on
} satisfies Readonly<Record<string, (detail: any) => string>>;

type Kind = keyof typeof words;
const kinds = Object.keys(words) as Kind[];

/** The events' names. */
export const told = kinds.map((kind) => `descent-${kind}`);

/** "epoch 1: loss 0.2635, accuracy 0.9218"; null for any other event. */
export function describeEvent({ type, detail }: Pick<CustomEvent, "type" | "detail">): string | null {
  const kind = kinds.find((name) => type === `descent-${name}`);
  return kind === undefined ? null : words[kind](detail);
}
