import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64url, encodeBase64url } from "../share/base64url";
import { verifySignature } from "./identity";
import { keyAlgorithms } from "./submission";
import { createPlayer } from "./testing/players";

describe.each(keyAlgorithms)("a signature with %s", (algorithm) => {
  const other = algorithm === "Ed25519" ? "P-256" : "Ed25519";

  test("is the player's own, of this very text", async () => {
    const [ada, bob] = [await createPlayer(algorithm), await createPlayer(algorithm)];
    const signature = await ada.sign("what is sent");
    expect(await verifySignature(algorithm, ada.key, signature, "what is sent")).toBe(true);
    expect(await verifySignature(algorithm, ada.key, signature, "what is sent ")).toBe(false);
    expect(await verifySignature(algorithm, bob.key, signature, "what is sent")).toBe(false);
    expect(await verifySignature(other, ada.key, signature, "what is sent")).toBe(false);
  });

  test("is spoiled by any bit of it or of the key", async () => {
    const ada = await createPlayer(algorithm);
    const signature = await ada.sign("text");
    for (const [key, signed] of [
      [true, false],
      [false, true],
    ])
      for (let bit = 0; bit < 8 * 32; bit += 13) {
        const flipped = (text: string) => {
          const bytes = decodeBase64url(text)!.slice();
          bytes[bit >> 3]! ^= 1 << (bit & 7);
          return encodeBase64url(bytes);
        };
        const parts = [key ? flipped(ada.key) : ada.key, signed ? flipped(signature) : signature] as const;
        expect(await verifySignature(algorithm, ...parts, "text")).toBe(false);
      }
  });

  test("is false, and never a fault, for any other texts", async () => {
    const ada = await createPlayer(algorithm);
    const signature = await ada.sign("text");
    const anything = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[\w-]{43}$/),
      fc.stringMatching(/^[\w-]{86,87}$/),
    );
    await fc.assert(
      fc.asyncProperty(anything, anything, async (key, signed) => {
        expect(await verifySignature(algorithm, key, signed, "text")).toBe(false);
        expect(await verifySignature(algorithm, ada.key, signed, "text")).toBe(false);
        expect(await verifySignature(algorithm, key, signature, "text")).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("is none where the key is written in another way", async () => {
    const ada = await createPlayer(algorithm);
    const last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const next = last[last.indexOf(ada.key.at(-1)!) + 1]!;
    const alias = ada.key.slice(0, -1) + next;
    expect(decodeBase64url(alias)).toEqual(decodeBase64url(ada.key));
    expect(await verifySignature(algorithm, alias, await ada.sign("text"), "text")).toBe(false);
  });
});
