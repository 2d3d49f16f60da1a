// Which key does what, and when a key belongs to what has the focus instead.

export const KEYS = [
  { keys: ["T"], does: "Train, or go on from a pause" },
  { keys: ["Space"], does: "Pause and resume" },
  { keys: ["Ctrl", "Z"], does: "Undo the last change of the experiment" },
  { keys: ["Ctrl", "Shift", "Z"], does: "Redo it" },
  { keys: ["Alt", "↑"], does: "Move the layer in focus up" },
  { keys: ["Alt", "↓"], does: "Move the layer in focus down" },
  { keys: ["↑", "↓"], does: "Change the number in focus by a step" },
  { keys: ["?"], does: "Show these keys" },
] as const;

export type Shortcut = "train" | "toggle" | "undo" | "redo" | "help";

/** What a key press asks for, from the keys alone. */
export function shortcutOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
) {
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (altKey) return null;
  if (command) {
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? "redo" : "undo";
    return letter === "y" && !shiftKey ? "redo" : null;
  }
  if (key === "t" || key === "T") return "train";
  if (key === " ") return "toggle";
  return key === "?" ? "help" : null;
}

const TEXT = "input, textarea, select, [contenteditable]";
const LISTS = "[role=menu], [role=listbox], [role=dialog]";
const PRESSED_BY_SPACE = "button, a, summary, [role=combobox], [role=switch], [role=log]";

/** True where the focused element should get the key. */
export function belongsTo(target: Pick<Element, "matches" | "closest">, shortcut: Shortcut): boolean {
  if (target.closest(LISTS) !== null) return true;
  // A number that is not being typed over has nothing to undo of its own.
  if (shortcut === "undo" || shortcut === "redo")
    return target.matches(TEXT) && !target.matches("[role=spinbutton]:not([data-typing])");
  return target.matches(TEXT) || (shortcut === "toggle" && target.closest(PRESSED_BY_SPACE) !== null);
}
