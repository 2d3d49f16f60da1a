// Names that players choose, and those of players who choose none. What may be in one is narrow on purpose: a name that
// looks like another one, runs backwards or hides something is no name. On servers only: the list of words is long.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { ParseError } from "../spec/parse";

const [SHORTEST, LONGEST] = [3, 24];

/** Scripts of one alphabet each, and the few that one language writes together (Unicode Technical Standard 39, 5.1). */
const scripts: readonly (readonly string[])[] = [
  ["Latin"],
  ["Cyrillic"],
  ["Greek"],
  ["Arabic"],
  ["Hebrew"],
  ["Devanagari"],
  ["Bengali"],
  ["Tamil"],
  ["Telugu"],
  ["Gujarati"],
  ["Gurmukhi"],
  ["Kannada"],
  ["Malayalam"],
  ["Sinhala"],
  ["Thai"],
  ["Lao"],
  ["Khmer"],
  ["Myanmar"],
  ["Georgian"],
  ["Armenian"],
  ["Ethiopic"],
  ["Han", "Hiragana", "Katakana"],
  ["Han", "Hangul"],
  ["Han", "Bopomofo"],
];
/** ー is of both Japanese alphabets. */
const patterns = scripts.map((names) => {
  const letters = names.map((name) => `\\p{Script=${name}}`).join("");
  return new RegExp(`^[${letters}${names.includes("Katakana") ? "ー" : ""}0-9 _.-]+$`, "u");
});

const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });

/**
 * Reads a name as it will be shown: in Unicode's form NFKC, with single spaces.
 * @throws ParseError in one sentence that says why it is none
 */
export function parsePlayerName(input: unknown, field: string): string {
  const refuse = (allowed: string) => new ParseError(field, input, allowed);
  if (typeof input !== "string") throw refuse("a text");
  const name = input.normalize("NFKC").replace(/ +/g, " ").trim();
  const length = [...name].length;
  if (length < SHORTEST || length > LONGEST) throw refuse(`of ${SHORTEST} to ${LONGEST} characters`);
  if (/[^\p{L}\p{M}0-9 _.-]/u.test(name))
    throw refuse("of letters, the digits 0 to 9, spaces and - _ . only");
  if (!/\p{L}/u.test(name)) throw refuse("with at least one letter");
  if (/\p{M}{3}|^\p{M}|[^\p{L}\p{M}]\p{M}/u.test(name))
    throw refuse("without marks that belong to no letter");
  if (!patterns.some((pattern) => pattern.test(name))) throw refuse("of letters of one script");
  if (matcher.hasMatch(name)) throw refuse("a name that nobody minds");
  return name;
}

const manners = ["Calm", "Bright", "Quiet", "Swift", "Steady", "Patient", "Gentle", "Keen"] as const;
const beings = ["Otter", "Heron", "Lynx", "Finch", "Badger", "Marten", "Plover", "Dormouse"] as const;

/** The name of a player who has chosen none: always the same one. @param player the full mark */
export function generatedName(player: string): string {
  const number = Number.parseInt(player.slice(-6), 16);
  return `${manners[number & 7]} ${beings[(number >> 3) & 7]} ${10 + ((number >> 6) % 90)}`;
}
