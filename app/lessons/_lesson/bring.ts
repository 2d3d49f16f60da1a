// What a lesson's page downloads after its text. Each part runs in a task of its own: a slow phone takes long for each.
import { nextTask } from "@/app/_ui/next-task";

/**
 * First what knows layers, then what knows experiments, then what makes runs.
 * @returns what watches those and keeps the lesson's progress
 * @throws where it does not come
 */
export async function bringLesson(): Promise<typeof import("@/lib/store/lesson")> {
  await import("@/lib/spec/layers/registry");
  await nextTask();
  await import("@/lib/store/spec");
  await nextTask();
  await import("@/lib/store/run");
  await nextTask();
  return import("@/lib/store/lesson");
}
