// How entries are measured, proved and ranked, in plain words. Every number comes from where it is used.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { formatCount } from "@/app/_ui/format";
import { Header } from "@/app/_ui/header";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import type { Budget } from "@/lib/leaderboard/board";
import { boardIds, boards } from "@/lib/leaderboard/find-board";
import { addressOf } from "../_board/choice";
import { CalibrationTable } from "./calibration-table";
import { lessonEpochs } from "./lesson-epochs";

export const metadata: Metadata = {
  title: "How scoring works",
  description: "How the entries of the leaderboard are measured, proved and ranked.",
};

export default function Page() {
  return (
    <>
      <Header home="/">
        <ThemeMenu />
      </Header>
      <main className="mx-auto max-w-[43rem] px-4 pt-6 pb-20 text-[0.9375rem] leading-6 lg:pt-8">
        <a
          href="/leaderboard"
          className="tap inline-flex items-center font-medium text-sm text-train hover:underline hover:underline-offset-4"
        >
          Leaderboard
        </a>
        <h1 className="mb-3 font-semibold text-xl">How scoring works</h1>
        <p>
          This server believes no score that it is told. It measures every network itself, on images that
          nobody has seen, and trains it again where it can, to see whether the same weights come out.
        </p>

        <Part title="The boards">
          <dl className="space-y-4">
            {boardIds.map((id) => {
              const { label, summary, byDevice, provedFirst } = boards[id];
              return (
                <div key={id}>
                  <dt className="font-semibold">
                    <a
                      href={addressOf(id)}
                      className="tap inline-flex items-center text-train hover:underline"
                    >
                      {label}
                    </a>
                  </dt>
                  <dd>
                    {summary}{" "}
                    {provedFirst
                      ? "The first ten places are kept for replayed entries."
                      : "A time cannot be proved: it is attested by the browser that trained. The weights are measured as on the other boards."}
                    {byDevice && " Phones, tablets and computers have a list each."}
                  </dd>
                </div>
              );
            })}
          </dl>
          <p>Equal scores stand in the order in which they came.</p>
        </Part>

        <Part title="The hidden set">
          <p>
            10,000 images, made from the official test images of MNIST: each is shifted, turned, scaled and
            warped a little. How much is drawn from a secret that only this server has, and from the number of
            the season. The hidden images are never shown, sent or stored where anybody could read them, and
            no answer tells of a single image: a score is rounded to 0.01 %.
          </p>
          <p>
            “Clean” is the share of the 10,000 official test images that the same weights read right. It does
            not count; it shows how much the small changes cost.
          </p>
        </Part>

        <Part title="What networks reach">
          <CalibrationTable />
        </Part>

        <Part title="What the proof says">
          <dl className="space-y-4">
            <Term name="replayed">
              The server trained the experiment again, from its seed, and got the same weights to the last
              bit. So the network comes from this experiment and from nothing else. Where other weights come
              out, the entry is removed, and its player is told why.
            </Term>
            <Term name="evaluated">
              The server measured the weights itself, and could not train them again: engines on a GPU round
              differently from device to device, a run that was stopped within an epoch has no end to come to,
              and some trainings are too long. Where the first ten places are kept, such entries stand from
              the eleventh on.
            </Term>
            <Term name="waits to be trained again">
              The server measured the weights and has still to train them again; it trains one network at a
              time, the oldest first.
            </Term>
          </dl>
          <p>
            Nobody has to take this server’s word for it: Replay at an entry trains it again in your own
            browser, and compares the weights.
          </p>
        </Part>

        <Part title="What may take part">
          {budgetsInWords().map(([words, labels]) => (
            <p key={words}>
              {labels}: {words}
            </p>
          ))}
        </Part>

        <Part title="Copies and flags">
          <p>
            A network that is on the board already is refused, also with its units in another order or scale,
            or with slightly changed weights: the server compares what networks answer to the hidden images.
            The first one stands. On boards for times the same network may come again.
          </p>
          <p>
            Numbers that a network is not expected to have, such as far more official test images read right
            than hidden ones, are said beside the entry. That is a remark, not a verdict.
          </p>
        </Part>

        <Part title="Names">
          <p>
            A name has 3 to 24 letters, digits, spaces, hyphens, underscores and full stops, of one script.
            Who chooses none gets a made-up one. Names are not owned: the six digits beside a name belong to
            the browser that sent the entry, and keep two players of one name apart.
          </p>
        </Part>

        <Part title="What is kept, and who can see it">
          <p>
            An entry is public: the experiment, its curves, the trained weights, the engine and the class of
            the device, the time, the name and its mark. There is no account and no cookie, and no address is
            kept. The key that makes the mark stays in the browser; with the browser’s data it is gone.
          </p>
          <p>
            Report, at each entry, tells the operator of this server what is wrong with it. The operator can
            hide an entry and show it again; each such act is signed and stays on record.
          </p>
        </Part>
      </main>
    </>
  );
}

const lists = new Intl.ListFormat("en-GB");

/** What each budget comes to, and the boards that have it. */
function budgetsInWords(): (readonly [words: string, labels: string])[] {
  const found = new Map<string, string[]>();
  for (const { label, budget } of Object.values(boards)) {
    const words = describeBudget(budget);
    found.set(words, [...(found.get(words) ?? []), label]);
  }
  return [...found].map(([words, labels]) => [words, lists.format(labels)]);
}

const describeBudget = ({ parameters, macs, replayMacs }: Budget): string =>
  `networks of at most ${formatCount(parameters)} parameters and ${formatCount(macs)} multiply-adds for an image. ` +
  `Trainings of up to ${formatCount(replayMacs / 1e9)} billion multiply-adds are replayed, as many as ` +
  `${formatCount(lessonEpochs(replayMacs))} epochs of the first lesson take; longer ones stay evaluated.`;

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-9 space-y-3">
      <h2 className="caps">{title}</h2>
      {children}
    </section>
  );
}

const Term = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt className="font-semibold">{name}</dt>
    <dd>{children}</dd>
  </div>
);
