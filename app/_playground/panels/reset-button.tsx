// Forgets the run; the experiment stays.
import { RotateCcw } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { reset } from "@/lib/store/run";

export function ResetButton({ className }: { className?: string }) {
  return (
    <Button onClick={reset} className={className}>
      <RotateCcw className="size-3.5" aria-hidden="true" />
      Reset
    </Button>
  );
}
