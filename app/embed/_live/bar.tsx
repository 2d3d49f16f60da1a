// Above what stands in a frame: whose it is, and the way out to a page of its own.
import { NotKept } from "@/app/_playground/not-kept";
import { OpenInDescent } from "@/app/_playground/open-in-descent";
import { Mark } from "@/app/_ui/mark";

export const Bar = ({ address }: { address: string }) => (
  <header className="flex items-center justify-between gap-3 border-line border-b px-4 py-1 lg:px-7">
    <p className="flex items-center gap-2 font-bold tracking-tight">
      <Mark className="size-5" />
      Descent
    </p>
    <span className="flex flex-wrap items-center justify-end gap-x-5">
      <NotKept />
      <OpenInDescent address={address} />
    </span>
  </header>
);
