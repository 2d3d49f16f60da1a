// Every kind of question and what answers it: a new one is a file and a line here.
import { activations } from "./activations";
import type { AnswerOf, QuestionKind, QuestionOf } from "./contract";
import { examples } from "./examples";
import { firstWeights } from "./first-weights";
import type { Looking } from "./looking";
import { occlusion } from "./occlusion";
import { pictures } from "./pictures";
import { saliency } from "./saliency";
import { spread } from "./spread";
import { strongest } from "./strongest";

export const questions: {
  [K in QuestionKind]: (looking: Looking, question: QuestionOf<K>) => Promise<AnswerOf<K>>;
} = {
  pictures,
  examples,
  activations,
  firstWeights,
  saliency,
  occlusion,
  strongest,
  spread,
};
