// What is told of a submission on its way: a few stages in order, each with a sign and a sentence.
import { formatBytes } from "@/app/_ui/format";
import { boards } from "@/lib/leaderboard/find-board";
import { formatShare } from "@/lib/leaderboard/format";
import type { SubmissionAnswer } from "@/lib/leaderboard/records";
import type { Submitting } from "./submit-flow";

export interface Stage {
  /** What it is called. */
  name: string;
  sign: "done" | "now" | "wait" | "bad" | "stays";
  /** What came of it, or what is being waited for; empty where there is nothing to say. */
  text: string;
  /** 0 to 1, where it is known how far it is. */
  progress?: number;
}

/** A score as its board writes it, with its place. */
export function scoreText({ board, entry }: SubmissionAnswer): string {
  if (entry === null) return "";
  const { formatScore, scoreLabel } = boards[board];
  const parts = [`${scoreLabel}: ${formatScore(entry.score)}`];
  if (entry.score !== entry.hiddenAccuracy) parts.push(`hidden set: ${formatShare(entry.hiddenAccuracy)}`);
  parts.push(`clean test images: ${formatShare(entry.cleanAccuracy)}`);
  if (entry.rank !== null) parts.push(`place ${entry.rank}`);
  return parts.join(" · ");
}

function sending({ step, answer, problem, waits }: Submitting): Stage {
  const name = "Sending";
  if (waits)
    return {
      name,
      sign: "now",
      text: "There is no network. It is kept in this browser, and sent when there is one.",
    };
  if (answer !== null) return { name, sign: "done", text: "received" };
  if (problem !== null)
    return problem.final
      ? { name, sign: "done", text: "received" }
      : { name, sign: "bad", text: problem.why };
  if (step?.step === "sending")
    return { name, sign: "now", text: `${formatBytes(step.sizeBytes)} of weights, then scoring …` };
  if (step?.step === "waiting") {
    const seconds = `${step.seconds} ${step.seconds === 1 ? "second" : "seconds"}`;
    return { name, sign: "now", text: `${step.why} The same is sent again in ${seconds}.` };
  }
  return { name, sign: "now", text: "A small proof of work, then signing …" };
}

function scoring({ answer, problem }: Submitting): Stage {
  const name = "Scoring";
  if (problem?.final) return { name, sign: "bad", text: `Refused: ${problem.why}` };
  if (answer === null) return { name, sign: "wait", text: "" };
  if (answer.state === "refused") return { name, sign: "bad", text: `Refused: ${answer.reason}` };
  if (answer.entry === null) return { name, sign: "now", text: "on images that nobody has seen …" };
  return { name, sign: "done", text: scoreText(answer) };
}

/** Training again on the server; null where it never comes to that. */
function proving({ answer, problem }: Submitting): Stage | null {
  const name = "Training again";
  if (problem?.final || answer?.state === "refused") return null;
  if (answer === null || answer.entry === null) return { name, sign: "wait", text: "" };
  const { state, entry, reason, progress, ahead } = answer;
  if (state === "removed") return { name, sign: "bad", text: `Removed: ${reason}` };
  if (state === "replayed")
    return {
      name,
      sign: "done",
      text: `Replayed: the same weights to the last bit. ${placeNow(entry.rank)}`,
    };
  if (state === "evaluated" || entry.proof === "evaluated")
    return { name, sign: "stays", text: `It stays evaluated. ${reason ?? entry.reason ?? ""}`.trim() };
  if (state === "replaying" && progress !== null)
    return { name, sign: "now", text: `${Math.floor(100 * progress)} %`, progress };
  if (ahead !== null && ahead > 0) return { name, sign: "now", text: `${ahead} before it` };
  return { name, sign: "now", text: "it is next" };
}

const placeNow = (rank: number | null): string => (rank === null ? "" : `It has place ${rank}.`);

/** The stages as they are now. */
export function stagesOf(submitting: Submitting): Stage[] {
  const proof = proving(submitting);
  const stages = [sending(submitting), scoring(submitting)];
  return proof === null ? stages : [...stages, proof];
}

/** For screen readers: what has just been reached, without what changes all the time. */
export function announcementOf(submitting: Submitting): string {
  const stages = stagesOf(submitting);
  const told = stages.filter(({ sign }) => sign !== "wait").at(-1)!;
  return told.sign === "now" && !submitting.waits ? `${told.name} …` : `${told.name}: ${told.text}`;
}
