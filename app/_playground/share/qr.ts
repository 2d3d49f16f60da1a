// A link as a QR code: which modules are dark, as the outline of one SVG path.
import { correction, generate } from "lean-qr";
import { toSvgPath } from "lean-qr/extras/svg";

export interface QrCode {
  /** Modules along a side, without the quiet zone. */
  size: number;
  /** For a path that is filled by the even-odd rule, one unit a module. */
  path: string;
}

/** Light modules that a reader needs on every side (ISO/IEC 18004). */
export const QUIET_ZONE = 4;

/** 125 modules a side: with more of them a phone at the back of a lecture hall sees grey. */
const LARGEST_VERSION = 27;

/** What lean-qr throws for a text that does not fit. */
const TOO_LONG = 4;

/**
 * Draws the smallest code that holds the text, with the most error correction that this size has room for. What is
 * lost on a screen is little, so the least of it will do: fewer modules are larger ones.
 * @returns null where the text is too long to be read from a screen
 */
export function drawQr(text: string): QrCode | null {
  try {
    const code = generate(text, { minCorrectionLevel: correction.L, maxVersion: LARGEST_VERSION });
    return { size: code.size, path: toSvgPath(code) };
  } catch (error) {
    if ((error as { code?: unknown }).code === TOO_LONG) return null;
    throw error;
  }
}
