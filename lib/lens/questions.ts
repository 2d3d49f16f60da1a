// Every kind of question and what answers it: a new one is a file and a line here.
import { activations } from "./activations";
import type { AnswerOf, QuestionKind, QuestionOf } from "./contract";
import { duel } from "./duel";
import type { Looking } from "./looking";
import { neighbours } from "./neighbours";
import { pictures } from "./pictures";
import { read } from "./read";
import { verdicts } from "./verdicts";
import { examples } from "./examples";
import { firstWeights } from "./first-weights";
import { occlusion } from "./occlusion";
import { saliency } from "./saliency";
import { spread } from "./spread";
import { strongest } from "./strongest";

export const questions: {
  [K in QuestionKind]: (looking: Looking, question: QuestionOf<K>) => Promise<AnswerOf<K>>;
} = {
  pictures,
  read,
  verdicts,
  neighbours,
  duel,
  examples,
  activations,
  firstWeights,
  saliency,
  occlusion,
  strongest,
  spread,
};
