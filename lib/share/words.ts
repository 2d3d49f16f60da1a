// Values as text that no browser, mailer or chat escapes or cuts: letters, digits and . _ - ~ only (RFC 3986's
// unreserved characters). What separates one value from the next (~ _ -) never appears in a number or a word.

/** Powers of ten are for numbers that they shorten by this many characters: .0001 stays, .00001 becomes 1m5. */
const EXPONENT_SAVES = 3;

/**
 * The shortest text that means exactly this number; `n` is a minus, `m` the minus of an exponent.
 * 0.001 -> ".001", -5 -> "n5", 1e-7 -> "1m7", 3e21 -> "3e21"
 * @param value finite
 */
export function writeNumber(value: number): string {
  // JavaScript's own digits are the fewest that name this double and no other.
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e") as [string, string];
  const digits = mantissa.replace(".", "");
  const power = Number(exponent) - digits.length + 1;
  const point = digits.length + power;
  const plain =
    power >= 0
      ? digits + "0".repeat(power)
      : point > 0
        ? `${digits.slice(0, point)}.${digits.slice(point)}`
        : `.${"0".repeat(-point)}${digits}`;
  const short = `${digits}${power < 0 ? "m" : "e"}${Math.abs(power)}`;
  const isNegative = value < 0 || Object.is(value, -0);
  return (isNegative ? "n" : "") + (plain.length - short.length < EXPONENT_SAVES ? plain : short);
}

const numberText = /^(n?)(\d+\.?\d*|\.\d+)(?:([em])(\d{1,3}))?$/;

/** @returns null where the text is no number */
export function readNumber(text: string): number | null {
  const match = numberText.exec(text);
  if (match === null) return null;
  const [, minus, decimal, sign, power = "0"] = match;
  return Number(`${minus && "-"}${decimal}e${sign === "m" ? "-" : ""}${power}`);
}

/** A name from a catalog: letters and digits as they are, anything else as . and four hexadecimal digits. */
export const writeWord = (word: string): string =>
  word.replace(/[^A-Za-z0-9]/g, (unit) => `.${hexadecimal(unit, 4)}`);

/** @returns null where the text is no word */
export const readWord = (text: string): string | null =>
  /^(?:[A-Za-z0-9]|\.[\da-f]{4})*$/.test(text)
    ? text.replace(/\.(.{4})/g, (_, digits: string) => unitOf(digits))
    : null;

/**
 * A title: letters, digits and - as they are, . for a space, _ and two hexadecimal digits or _u and four for any
 * other UTF-16 unit. Half a surrogate pair is a unit like any other, so that every string comes back as it was.
 */
export const writeTitle = (title: string): string =>
  title.replace(/[^A-Za-z0-9-]/g, (unit) => {
    if (unit === " ") return ".";
    return unit < "\u0100" ? `_${hexadecimal(unit, 2)}` : `_u${hexadecimal(unit, 4)}`;
  });

/** @returns null where the text is no title */
export const readTitle = (text: string): string | null =>
  /^(?:[A-Za-z0-9.-]|_[\da-f]{2}|_u[\da-f]{4})*$/.test(text)
    ? text
        .replaceAll(".", " ")
        .replace(/_(?:u(.{4})|(.{2}))/g, (_, four: string, two: string) => unitOf(four ?? two))
    : null;

const hexadecimal = (unit: string, digits: number) => unit.charCodeAt(0).toString(16).padStart(digits, "0");
const unitOf = (digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
