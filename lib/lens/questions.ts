// Every kind of question and what answers it: a new one is a file and a line here.
import type { AnswerOf, QuestionKind, QuestionOf } from "./contract";
import type { Looking } from "./looking";
import { pictures } from "./pictures";
import { probe } from "./probe";

export const questions: {
  [K in QuestionKind]: (looking: Looking, question: QuestionOf<K>) => Promise<AnswerOf<K>>;
} = {
  pictures,
  probe,
};
