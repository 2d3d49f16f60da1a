// Every kind of question and what answers it: a new one is a file and a line here.
import { activations } from "./activations";
import type { AnswerOf, QuestionKind, QuestionOf } from "./contract";
import { duel } from "./duel";
import { examples } from "./examples";
import { firstWeights } from "./first-weights";
import type { Looking } from "./looking";
import { neighbours } from "./neighbours";
import { occlusion } from "./occlusion";
import { pictures } from "./pictures";
import { predict, predictTest } from "./predictions";
import { probe } from "./probe";
import { saliency } from "./saliency";
import { spread } from "./spread";
import { strongest } from "./strongest";
import { verdicts } from "./verdicts";

export const questions: {
  [K in QuestionKind]: (looking: Looking, question: QuestionOf<K>) => Promise<AnswerOf<K>>;
} = {
  pictures,
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
  predict,
  predictTest,
  probe,
};
