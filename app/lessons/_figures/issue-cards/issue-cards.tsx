// Three trainings that go wrong, a card each: brought about, found out by rule, and mended.
import { issues } from "@/lib/metrics/diagnosis";
import type { FigureProps } from "../figure";
import { Card } from "./card";

export default function IssueCards(props: FigureProps) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {issues.map((issue) => (
        <Card key={issue} issue={issue} {...props} />
      ))}
    </div>
  );
}
