// What was learned, as one number that can be compared: the same run has the same hash on every device.
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/app/_ui/button";
import { Explain } from "@/app/_ui/explain";

const SHOWN_DIGITS = 7;
const COPIED_MS = 2000;

/** To be another one for another hash. */
export default function WeightsHash({ hash }: { hash: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);

  async function copy() {
    // A page without HTTPS has no clipboard; the whole hash can be selected in its explanation.
    const written = navigator.clipboard?.writeText(hash) ?? Promise.reject(new Error("no clipboard"));
    setCopied(
      await written.then(
        () => true,
        () => false,
      ),
    );
    setTimeout(() => setCopied(null), COPIED_MS);
  }

  const answer = copied === null ? null : copied ? "copied" : "no access";
  const Icon = copied === true ? Check : Copy;
  return (
    <div className="flex items-center gap-x-1.5 text-mini text-soft max-lg:order-last">
      <Explain term="Weights hash">
        <p>
          A fingerprint (SHA-256) of all weights, to the last bit. Train the same experiment with the same
          seed on the WebAssembly SIMD engine and the same digits come out, in every browser and on every
          device. The other engines round a little differently from one device to the next.
        </p>
        <p className="mt-2 select-all break-all font-mono text-xs">{hash}</p>
      </Explain>
      <code className="font-mono text-ink">{answer ?? `${hash.slice(0, SHOWN_DIGITS)}…`}</code>
      <IconButton label="Copy the weights hash" onClick={copy} className="w-6">
        <Icon className="size-[15px]" aria-hidden="true" />
      </IconButton>
      <span role="status" className="sr-only">
        {answer}
      </span>
    </div>
  );
}
