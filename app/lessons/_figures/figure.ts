// What a lesson's live figure gets.
import type { Facts, Mark } from "@/lib/lessons/facts";

export interface FigureProps {
  facts: Facts;
  /** Notes something that a check may look at; the same again changes nothing. */
  marks(name: string, value: Mark): void;
}
