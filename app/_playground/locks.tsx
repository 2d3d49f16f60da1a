// What a course has locked, as the form shows it: values stand there and can be read, and nothing edits them.
import { Lock } from "lucide-react";
import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import type { LockField } from "@/lib/spec/lockable";
import { locksStore } from "@/lib/store/locks";
import { lockFields } from "@/lib/store/spec";

/** What the page began with: the server draws that. */
export const LocksContext = createContext<readonly LockField[]>([]);

/** Locks what the page's address asks for, before the first component reads it. @param fields the same list at every call */
export function useOpeningLocks(fields: readonly LockField[]): void {
  useState(() => {
    // The server's store is shared by all requests.
    if (typeof window !== "undefined") lockFields(fields);
  });
}

export function useLocks(): readonly LockField[] {
  const first = use(LocksContext);
  return useSyncExternalStore(
    locksStore.subscribe,
    () => locksStore.getState().fields,
    () => first,
  );
}

/** True where one of these parts is locked. */
export function useLocked(...fields: readonly LockField[]): boolean {
  const locks = useLocks();
  return fields.some((field) => locks.includes(field));
}

const LockedContext = createContext(false);

/** True for a control within something that is locked. */
export const useIsLocked = (): boolean => use(LockedContext);

interface LockedProps {
  /** What the controls within edit. */
  part: LockField;
  children: ReactNode;
}

export function Locked({ part, children }: LockedProps) {
  return <LockedContext value={useLocked(part)}>{children}</LockedContext>;
}

/** Beside what is locked. */
export const LockSign = () => (
  <span className="inline-flex items-center text-soft" title="Locked for this exercise">
    <Lock className="size-3" aria-hidden="true" />
    <span className="sr-only"> locked</span>
  </span>
);
