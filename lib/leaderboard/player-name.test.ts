import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generatedName } from "./generated-name";
import { parsePlayerName } from "./player-name";

const refusal = (input: unknown): string | null => {
  try {
    parsePlayerName(input, "name");
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

describe("a name", () => {
  test.each([
    ...[
      "Ada Lovelace",
      "José",
      "Zoë",
      "Nguyễn Văn A",
      "Łukasz",
      "Søren",
      "Straße",
      "Ştefan",
      "Anna-Lena_3.0",
    ],
    ...["Марія", "Ёлка", "Γιώργος", "יוסף", "שָׁלוֹם", "محمد", "गणेश जी", "अनन्या", "श्री कृष्ण", "ज़ीनत", "আনিকা"],
    ...["தமிழ்", "తెలుగు", "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "ଓଡ଼ିଆ", "සිංහල", "น้ำฝน", "สมชาย", "ສົມສັກ"],
    ...["សុខា", "ស្រ្តី", "ကြိုးစား", "བསྒྲུབས", "ދިވެހި", "გიორგი", "Արմեն", "አበበ ቢቂላ"],
    ...["山田太郎", "やまだ たろう", "スーパーマン", "김철수", "王小明", "ㄅㄆㄇ"],
    ...[
      "Scunthorpe",
      "Essex",
      "Cassandra",
      "Dickens",
      "Peacock",
      "Matsushita",
      "Nigeria",
      "Fukuoka",
      "A B C D",
    ],
  ])("of any language passes as it is: %s", (name) => {
    expect(refusal(name)).toBeNull();
    expect(parsePlayerName(name, "name")).toBe(name.normalize("NFKC"));
  });

  test.each([
    ["Ｄｅｓｃｅｎｔ", "Descent"],
    ["  Ada \u00a0 \u3000 L  ", "Ada L"],
    ["Zoe\u0308", "Zoë"],
    ["ﬁnn ①", "finn 1"],
    ["ｶﾞｶﾞｶﾞ", "ガガガ"],
    ["𝒜𝒹𝒶", "Ada"],
  ])("is kept in the one way to write it: %s", (input, name) => {
    expect(parsePlayerName(input, "name")).toBe(name);
  });

  test.each<[unknown, RegExp]>([
    // Markup and code.
    ["<script>alert(1)</script>", /24 characters\.$/],
    ["<b>Ada</b>", /has < \(U\+003C\)/],
    ["＜b＞Ada", /has < \(U\+003C\)/],
    ['"onload=x', /has " \(U\+0022\)/],
    ["javascript:x", /has : \(U\+003A\)/],
    ["&lt;b&gt;", /has & \(U\+0026\)/],
    ["$(7*7)", /has \$/],
    ["{{x.y}}", /has \{/],
    ["Ada' OR 1", /has ' \(U\+0027\)/],
    ["../../etc", /has \//],
    // What turns the direction of writing.
    ["\u202eadA", /invisible character U\+202E/],
    ["Ada\u2066x\u2069", /invisible character U\+2066/],
    ["Ada\u200f", /invisible character U\+200F/],
    ["Ada\u061cB", /invisible character U\+061C/],
    // What takes no place.
    ["Ad\u200ba", /invisible character U\+200B/],
    ["Ad\u200da", /invisible character U\+200D/],
    ["\ufeffAda", /invisible character U\+FEFF/],
    ["Ad\u00ada", /invisible character U\+00AD/],
    ["Ada\ufe0f", /invisible character U\+FE0F/],
    ["ㅤㅤㅤ", /invisible character U\+3164/],
    ["\u115f\u1160가", /invisible character U\+115F/],
    ["Ada\u{e0041}", /invisible character U\+E0041/],
    ["Ada\nBob", /invisible character U\+000A/],
    ["Ada\0B", /invisible character U\+0000/],
    ["Ada\ud800", /invisible character U\+D800/],
    ["\u2800\u2800\u2800", /has .* \(U\+2800\)/],
    // One script passing for another.
    ["pаypal", /mixes letters/],
    ["Αdmin", /mixes letters/],
    ["Аdа Lоvelace", /mixes letters/],
    ["Ada 王王", /mixes letters/],
    ["やまだ 철수", /mixes letters/],
    ["ᎪᎠᎪ", /U\+13AA.*everyday use/],
    ["ℵℵℵabc", /mixes letters/],
    // Marks piled up, or on nothing.
    ["Z\u0351\u036b\u0343ada", /the mark U\+0351/],
    ["Ada\u0488", /the mark U\+0488/],
    ["ก็็็็็", /piled up/],
    ["กิีึืุaa", /piled up/],
    ["-\u094d-ab", /the mark U\+094D/],
    // Too long, too short, nothing in it.
    ["a".repeat(25), /has 25 characters/],
    ["ab", /has 2 characters/],
    ["", /has 0 characters/],
    ["   ", /has 0 characters/],
    ["123 456", /has no letter/],
    ["-_.-_.", /has no letter/],
    ["Ada 😀", /U\+1F600/],
    ["👩‍👩‍👧", /invisible character U\+200D/],
    ["Ada٣٤", /U\+0663/],
    [42, /a text/],
    [null, /a text/],
  ])("is refused with its reason: %j", (input, reason) => {
    const message = refusal(input);
    expect(message).toMatch(reason);
    expect(message).toMatch(/^name .*; it must be .*\.$/);
    // What would garble the sentence does not stand in it.
    expect(message).not.toMatch(/[\p{C}\p{M}\n]/u);
  });

  test.each([
    "fuck",
    "F.U.C.K",
    "f u c k",
    "sh1t head",
    "fuuuuuck",
    "ｆｕｃｋ",
    "𝕱𝖚𝖈𝖐",
    "N1gger",
    "c_u_n_t",
    "ass hole",
  ])("with a word that offends is refused, however it is written: %s", (word) => {
    expect(refusal(word)).toBe("name has a word that offends; it must be a name that nobody minds.");
  });

  test("of any text is refused in a sentence or comes out as one that passes again", () => {
    const few = fc.constantFrom(..."aeioɐéﬁşЯжاबिीกี王やガ가0９ -_.\u0301\u200b\u3000<");
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: few, minLength: 3, maxLength: 5 }),
    );
    let passed = 0;
    fc.assert(
      fc.property(text, (input) => {
        const message = refusal(input);
        if (message !== null) {
          expect(message).toMatch(/\.$/);
          return;
        }
        passed++;
        const name = parsePlayerName(input, "name");
        expect(parsePlayerName(name, "name")).toBe(name);
      }),
      { numRuns: 1000 },
    );
    expect(passed).toBeGreaterThan(0);
  });
});

test("every generated name is one that a player could have chosen, and stays the same", () => {
  const seen = new Set<string>();
  for (let number = 0; number < 6000; number++) {
    const player = (number * 2_654_435).toString(16).padStart(64, "0");
    const name = generatedName(player);
    expect(generatedName(player)).toBe(name);
    seen.add(name);
  }
  for (const name of seen) expect(refusal(name)).toBeNull();
  expect(seen.size).toBeGreaterThan(1500);
});
