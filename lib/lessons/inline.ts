// The marks that a lesson's texts may hold: `code`, *emphasis*, $formula$. They do not nest.

export interface Piece {
  kind: "plain" | "code" | "emphasis" | "formula";
  text: string;
}

const marked = /`([^`]+)`|\*([^*]+)\*|\$([^$]+)\$/g;
const kinds = ["code", "emphasis", "formula"] as const;

/**
 * A text in pieces, in order.
 * @throws RangeError where a mark is opened and not closed
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  const plain = (to: number) => {
    const between = text.slice(end, to);
    if (/[`*$]/.test(between)) throw new RangeError(`A mark in "${between}" has no other end.`);
    if (between !== "") pieces.push({ kind: "plain", text: between });
  };
  for (const match of text.matchAll(marked)) {
    plain(match.index);
    const found = match.slice(1).findIndex((part) => part !== undefined);
    pieces.push({ kind: kinds[found]!, text: match[found + 1]! });
    end = match.index + match[0].length;
  }
  plain(text.length);
  return pieces;
}

/** A text without its marks, for a label or a title. */
export const plainText = (text: string): string =>
  piecesOf(text)
    .map((piece) => piece.text)
    .join("");
