// For whoever builds the page around it: what the element tells, and what it can be told.
import type { ReactNode } from "react";

const events: readonly (readonly [name: string, detail: string, says: string])[] = [
  ["descent-ready", "experiment", "It listens, and shows this experiment: first as a picture, then live."],
  ["descent-state", "state", "idle, loading, training, paused, done or failed."],
  ["descent-waiting", "position", "Others on the page train first; 1 is next."],
  ["descent-epoch", "epoch, loss, accuracy, valLoss, valAccuracy", "After each epoch."],
  ["descent-done", "history, testAccuracy, testLoss, elapsedMs, engine", "When the training has ended."],
  [
    "descent-lesson",
    "slug, step, steps, done, total",
    "How many checks of each step have passed, at every change.",
  ],
  ["descent-error", "code, message", "What went wrong, in a sentence."],
  ["descent-resize", "height", 'With height="auto"; the element has followed already.'],
  [
    "descent-statement",
    "an xAPI statement without an actor",
    'Where the page has /embed-xapi.js too, beside embed.js. The attribute pass="95" makes it passed or failed.',
  ],
];

const methods: readonly (readonly [name: string, says: string])[] = [
  [
    "train()  pause()  resume()  stop()  reset()",
    "What the buttons do. train() opens the playground as a tap does.",
  ],
  ["load(experiment)", "Shows another experiment: its JSON, or the code of its link."],
  ['lockFields(["layers", "optimizer"])', "Locks these parts of the form and no others."],
];

export const Reference = () => (
  <section aria-labelledby="reference" className="mt-12 max-w-[56rem]">
    <h2 id="reference" className="caps mb-3">
      For developers
    </h2>
    <p>
      The element fires DOM events that bubble; what it tells is in their <Code>detail</Code>. Nothing is sent
      to any server. Without the script the same messages come by <Code>postMessage</Code>, with{" "}
      <Code>{'{"source":"descent","version":1}'}</Code> beside these fields and without <Code>descent-</Code>{" "}
      before their type; the frame answers to the window around it and to no other.
    </p>
    <List title="It tells">
      {events.map(([name, detail, says]) => (
        <Entry key={name} name={name}>
          {says} <span className="text-soft">{detail}</span>
        </Entry>
      ))}
    </List>
    <List title="It can be told">
      {methods.map(([name, says]) => (
        <Entry key={name} name={name}>
          {says}
        </Entry>
      ))}
    </List>
  </section>
);

const Code = ({ children }: { children: ReactNode }) => (
  <code className="font-mono text-mini">{children}</code>
);

const List = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <h3 className="mt-6 mb-1 font-medium">{title}</h3>
    <dl className="border-line border-b">{children}</dl>
  </>
);

const Entry = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid gap-x-6 border-line border-t py-2 sm:grid-cols-[15rem_minmax(0,1fr)]">
    <dt className="font-mono text-mini wrap-anywhere">{name}</dt>
    <dd>{children}</dd>
  </div>
);
