// In a frame: what the browser does not keep there, where it refuses to.
import { useEffect, useState } from "react";
import { ProblemText } from "@/app/_ui/problem";
import { whatIsNotKept } from "@/lib/store/not-kept";

export function NotKept() {
  const [lost, setLost] = useState<string | null>(null);
  useEffect(() => {
    void whatIsNotKept().then(setLost);
  }, []);
  return (
    <div role="status" className="min-w-56 flex-1">
      {lost !== null && <ProblemText severity="warning">{lost}</ProblemText>}
    </div>
  );
}
