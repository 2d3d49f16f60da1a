// How many of a person's own digits the network of the moment reads right, in words.
import { useStore } from "zustand";
import { formatAccuracy } from "@/app/_ui/format";
import { ownStore } from "@/lib/drawing/own-digits";
import { readingStore } from "@/lib/drawing/own-reading";

export function OwnScore() {
  const count = useStore(ownStore, ({ digits }) => digits?.length ?? 0);
  const reading = useStore(readingStore, (state) => state.reading);
  if (reading === null) return null;
  const { read, right } = reading;
  const others = count - read.size;
  return (
    <span className="text-soft">
      {read.size > 0 && (
        <>
          {right} of {read.size} read right:{" "}
          <span className="font-semibold text-ink">{formatAccuracy(right / read.size)}</span>
        </>
      )}
      {others > 0 && `${read.size > 0 ? " · " : ""}${others} of classes that this network does not know`}
    </span>
  );
}
