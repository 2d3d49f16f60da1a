// Names that players choose. What may be in one is narrow on purpose: a name that mixes alphabets to look like another
// one, runs backwards or hides something is no name. On servers only: the list of words is long.
import { englishDataset, englishRecommendedTransformers, RegExpMatcher } from "obscenity";
import { ParseError } from "../spec/parse";

const [SHORTEST, LONGEST] = [3, 24];

/**
 * Scripts that a name can be in, those of one line together: as Unicode Technical Standard 39 (section 5.1) takes what
 * one language is written in for one script.
 */
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
  ["Oriya"],
  ["Sinhala"],
  ["Thai"],
  ["Lao"],
  ["Khmer"],
  ["Myanmar"],
  ["Tibetan"],
  ["Thaana"],
  ["Georgian"],
  ["Armenian"],
  ["Ethiopic"],
  ["Han", "Hiragana", "Katakana"],
  ["Han", "Hangul"],
  ["Han", "Bopomofo"],
];
/** ー is of both Japanese alphabets. */
const lettersOf = (together: readonly string[]): string =>
  together.map((script) => `\\p{Script=${script}}`).join("") + (together.includes("Katakana") ? "ー" : "");
const ofOneScript = scripts.map((together) => new RegExp(`^[${lettersOf(together)}0-9 _.-]+$`, "u"));
const ofAnyScript = new RegExp(`^[${scripts.map(lettersOf).join("")}]$`, "u");

/** Controls, what turns the direction of writing, what joins or takes no place, and what no character is. */
const hidden = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u;

/** No language puts more on one letter; and none the same one twice. */
const MOST_MARKS = 4;
const piledUp = new RegExp(`\\p{M}{${MOST_MARKS + 1}}|(\\p{M})\\1`, "u");

/** Names of people, places and mushrooms that the list takes for something else. */
const harmless = ["fukuda", "fukui", "fukuoka", "fukushima", "shiitake", "fagin", "penistone"];
const english = englishDataset.build();
const matcher = new RegExpMatcher({
  ...english,
  ...englishRecommendedTransformers,
  whitelistedTerms: [...(english.whitelistedTerms ?? []), ...harmless],
});

/** Letters that stand alone, as in "a b.c_d", put together. */
const spelledOut = (name: string): string =>
  name.replace(/(?<![\p{L}\p{M}])\p{L}(?:[ _.-]+\p{L}(?![\p{L}\p{M}]))+/gu, (letters) =>
    letters.replace(/[ _.-]/g, ""),
  );

/** A character by its number, for one that cannot be shown: "U+202E". */
const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

/**
 * Reads a name as it will be shown: in Unicode's form NFKC, with single spaces.
 * @throws ParseError in one sentence that says why it is none
 */
export function parsePlayerName(input: unknown, field: string): string {
  const refuse = (is: string, allowed: string) =>
    new ParseError(field, input, allowed, `${field} ${is}; it must be ${allowed}.`);
  if (typeof input !== "string") throw new ParseError(field, input, "a text");
  const name = input.normalize("NFKC").replace(/ +/g, " ").trim();
  const invisible = hidden.exec(input) ?? hidden.exec(name);
  if (invisible !== null)
    throw refuse(`has the invisible character ${codeOf(invisible[0])}`, "of characters that can be seen");
  const length = [...name].length;
  if (length < SHORTEST || length > LONGEST)
    throw refuse(
      `has ${length} ${length === 1 ? "character" : "characters"}`,
      `of ${SHORTEST} to ${LONGEST} characters`,
    );
  const other = /[^\p{L}\p{M}0-9 _.-]/u.exec(name)?.[0];
  if (other !== undefined)
    throw refuse(`has ${other} (${codeOf(other)})`, "of letters, the digits 0 to 9, spaces and - _ . only");
  if (!/\p{L}/u.test(name)) throw refuse("has no letter", "a name with at least one");
  // Marks that go with any script are those that pile up; composed letters have none of them any more.
  const loose = /[\p{Script=Inherited}\p{Me}]/u.exec(name)?.[0] ?? /(?<![\p{L}\p{M}])\p{M}/u.exec(name)?.[0];
  if (loose !== undefined)
    throw refuse(
      `has the mark ${codeOf(loose)} that belongs to no letter of its script`,
      "without such marks",
    );
  if (piledUp.test(name)) throw refuse("has marks piled up on a letter", "of letters as they are written");
  const unknown = [...name].find(
    (character) => /[\p{L}\p{M}]/u.test(character) && !ofAnyScript.test(character),
  );
  if (unknown !== undefined)
    throw refuse(`has ${unknown} (${codeOf(unknown)})`, "of letters of a script in everyday use");
  if (!ofOneScript.some((pattern) => pattern.test(name)))
    throw refuse(
      "mixes letters of several scripts",
      "of letters of one script, such as all Latin or all Greek",
    );
  if ([name, spelledOut(name)].some((text) => matcher.hasMatch(text)))
    throw refuse("has a word that offends", "a name that nobody minds");
  return name;
}
