// The image that is looked at, chosen among a few and the drawn one.
import { RadioGroup } from "radix-ui";
import type { ReactNode } from "react";
import { TextButton } from "@/app/_ui/button";
import { ImageCanvas } from "@/app/_ui/image-canvas";
import type { ExperimentSpec } from "@/lib/spec/experiment";
import { datasetOf } from "@/lib/spec/samples";
import { classNamesOf } from "../../class-names";
import { COUNT, type Subject } from "./use-subject";

interface ImageChoiceProps {
  spec: ExperimentSpec;
  subject: Subject;
}

export function ImageChoice({ spec, subject }: ImageChoiceProps) {
  const { examples, drawn, choice, choose, more, problem } = subject;
  const dataset = datasetOf(spec);
  const names = classNamesOf(spec);
  const split = examples?.split === "train" ? "training" : "validation";
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <p id="subject" className="text-mini text-soft">
          The image to look at, {drawn === null ? "" : "yours or "}one of the {split} images
        </p>
        <TextButton onClick={more} disabled={examples === null} className="shrink-0 text-mini">
          other images
        </TextButton>
      </div>
      {problem !== null && <p className="text-mini text-wrong">{problem}</p>}
      <RadioGroup.Root
        aria-labelledby="subject"
        value={String(choice)}
        onValueChange={(value) => choose(value === "drawn" ? value : Number(value))}
        className="grid grid-cols-5 gap-2 sm:grid-cols-10"
      >
        {drawn !== null && (
          <Item value="drawn" name="The drawn image" caption="drawn">
            <ImageCanvas images={drawn} index={0} dataset={dataset} className={picture} />
          </Item>
        )}
        {examples === null
          ? Array.from({ length: COUNT }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: so many places.
              <div key={i} aria-hidden="true" className="aspect-square rounded-md bg-line" />
            ))
          : Array.from(examples.rows, (row, i) => {
              const own = examples.probabilities.subarray(i * names.length, (i + 1) * names.length);
              const read = own.reduce((best, p, kind) => (p > own[best]! ? kind : best), 0);
              const label = examples.labels[i]!;
              return (
                <Item
                  key={row}
                  value={String(i)}
                  name={`Image of ${names[label]}, read as ${names[read]}`}
                  caption={read === label ? names[label]! : `${names[label]} as ${names[read]}`}
                  wrong={read !== label}
                >
                  <ImageCanvas images={examples.images} index={i} dataset={dataset} className={picture} />
                </Item>
              );
            })}
      </RadioGroup.Root>
    </div>
  );
}

const picture = "aspect-square w-full rounded-md [image-rendering:pixelated]";

interface ItemProps {
  value: string;
  name: string;
  caption: string;
  wrong?: boolean;
  children: ReactNode;
}

function Item({ value, name, caption, wrong = false, children }: ItemProps) {
  return (
    <RadioGroup.Item
      value={value}
      aria-label={name}
      className="tap rounded-md outline-offset-2 focus-visible:outline-train data-[state=checked]:outline-2 data-[state=checked]:outline-ink"
    >
      {children}
      <span className={`block truncate text-2xs ${wrong ? "font-semibold text-wrong" : "text-soft"}`}>
        {caption}
      </span>
    </RadioGroup.Item>
  );
}
