// Every kind of question and what answers it: a new one is a file and a line here.
import type { AnswerOf, QuestionKind, QuestionOf } from "./contract";
import { duel } from "./duel";
import type { Looking } from "./looking";
import { neighbours } from "./neighbours";
import { pictures } from "./pictures";
import { read } from "./read";
import { verdicts } from "./verdicts";

export const questions: {
  [K in QuestionKind]: (looking: Looking, question: QuestionOf<K>) => Promise<AnswerOf<K>>;
} = {
  pictures,
  read,
  verdicts,
  neighbours,
  duel,
};
