// Out of a frame: the experiment on a page of its own.
import { ExternalLink } from "lucide-react";

export function OpenInDescent({ address }: { address: string }) {
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener"
      className="tap inline-flex items-center gap-1.5 font-medium text-train hover:underline hover:underline-offset-4"
    >
      Open in Descent
      <ExternalLink className="size-4" aria-hidden="true" />
    </a>
  );
}
