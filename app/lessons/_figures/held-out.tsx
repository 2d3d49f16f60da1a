// Where the last run stands on its way to the test, and what the test says beside what validation promised.
import { Check, Lock, LockOpen } from "lucide-react";
import { useEffect } from "react";
import { heldOutOf, openedEarly, type Verdict } from "@/lib/lessons/convolution-and-regularisation/held-out";
import { marks as names } from "@/lib/lessons/convolution-and-regularisation/marks";
import type { FigureProps } from "./figure";

export default function HeldOut({ facts, marks }: FigureProps) {
  const early = openedEarly(facts);
  // What was seen cannot be unseen: it stays noted when the best weights are loaded afterwards.
  useEffect(() => {
    if (early) marks(names.openedEarly, true);
  }, [early, marks]);
  const { stages, verdict, warning } = heldOutOf(facts);
  return (
    <section aria-label="On the way to the test">
      <ol className="space-y-1.5">
        {stages.map(({ name, done, detail }, index) => (
          <li key={name} className="flex items-start gap-2.5">
            <span
              className={`mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-full border ${done ? "border-correct text-correct" : "border-line text-soft"}`}
            >
              {done ? (
                <Check className="size-3.5" aria-hidden="true" />
              ) : index === stages.length - 1 ? (
                <Lock className="size-3" aria-hidden="true" />
              ) : (
                <span className="text-2xs">{index + 1}</span>
              )}
            </span>
            <span>
              {name}
              <span className="sr-only">{done ? ", done" : ", not yet"}</span>
              <span className="block text-mini text-soft">{detail}</span>
            </span>
          </li>
        ))}
      </ol>
      {verdict !== null && <Result {...verdict} />}
      {warning !== null && (
        <p role="status" className="mt-3 text-mini text-wrong">
          {warning}
        </p>
      )}
    </section>
  );
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

function Result({ promised, epoch, validation, kept, images, error }: Verdict) {
  const rows = [
    {
      name: `Validation, epoch ${epoch}`,
      share: promised,
      note: `${validation} images, which chose the epoch`,
    },
    { name: "Test", share: kept, note: `${images} images, seen once` },
  ];
  return (
    <div className="mt-4">
      <p className="flex items-center gap-2 font-medium">
        <LockOpen className="size-4" aria-hidden="true" />
        {percent(kept, 2)} of the test images
      </p>
      <table className="mt-2 w-full text-mini">
        <caption className="sr-only">Accuracy on validation and test images</caption>
        <tbody>
          {rows.map(({ name, share, note }) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-1.5 text-left font-normal">
                {name}
                <span className="block text-soft">{note}</span>
              </th>
              <td className="py-1.5 pl-3 text-right align-top font-medium">{percent(share, 2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 text-mini text-soft">
        On as many other images the same network would come out within ±{(200 * error).toFixed(1)} points,
        nineteen times in twenty.
      </p>
    </div>
  );
}
