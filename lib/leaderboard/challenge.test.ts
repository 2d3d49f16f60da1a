import { expect, test } from "vitest";
import { route } from "../http";
import { parse } from "../spec/parse";
import { createChallengeAnswer, issueToken, verifyToken } from "./challenge";
import { hmac } from "./secret";
import { tokenSchema } from "./submission";

const secret = "a secret for tests alone";
const now = 1_790_000_000_000;
const minute = 60_000;
const expected = { board: "accuracy", now, bits: 4 } as const;
const tokenOf = async (bits = 4) => (await issueToken(secret, "accuracy", { now, bits })).token;

test("a token is good for its board for ten minutes", async () => {
  const token = await tokenOf();
  expect(parse(tokenSchema, token, "token")).toBe(token);
  const { nonce, ...rest } = await verifyToken(secret, token, expected);
  expect(rest).toEqual({ board: "accuracy", bits: 4, expiresAt: now + 10 * minute });
  expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  await verifyToken(secret, token, { ...expected, now: now + 10 * minute });
  await expect(verifyToken(secret, token, { ...expected, now: now + 10 * minute + 1 })).rejects.toMatchObject(
    {
      status: 422,
      code: "token_expired",
      field: "token",
    },
  );
  await expect(verifyToken(secret, token, { ...expected, board: "golf" })).rejects.toThrow(/board golf\.$/);
});

test("no two tokens are the same", async () => {
  expect(await tokenOf()).not.toBe(await tokenOf());
});

test("whatever is changed in a token, it is none any more", async () => {
  const token = await tokenOf();
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "7" ? "8" : "7";
    const changed = token.slice(0, at) + other + token.slice(at + 1);
    await expect(verifyToken(secret, changed, { ...expected, bits: 0 })).rejects.toThrow(/\/api\/challenge/);
  }
  for (const changed of [`${token}0`, token.slice(0, -1), `${token}.`, token.toUpperCase(), "", "....."])
    await expect(verifyToken(secret, changed, expected)).rejects.toThrow(/\/api\/challenge/);
});

test("parts of two tokens make none, nor does another secret or another purpose", async () => {
  const [a, b] = [(await tokenOf(16)).split("."), (await tokenOf(4)).split(".")];
  const spliced = [...a.slice(0, 2), b[2]!, ...a.slice(3)].join(".");
  await expect(verifyToken(secret, spliced, expected)).rejects.toThrow(/\/api\/challenge/);
  await expect(verifyToken("another secret of this kind", a.join("."), expected)).rejects.toThrow();
  const content = a.slice(0, 5).join(".");
  const mac = Buffer.from(await hmac(secret, "moderation", content)).toString("hex");
  await expect(verifyToken(secret, `${content}.${mac}`, expected)).rejects.toThrow();
});

test("a token that asks for less work than is asked for today is refused", async () => {
  await expect(verifyToken(secret, await tokenOf(3), expected)).rejects.toThrow(
    "token asks for 3 bits of work; it must ask for 4: ask for another.",
  );
  await verifyToken(secret, await tokenOf(5), expected);
});

test("GET /api/challenge gives a token that nobody keeps, and says what it takes", async () => {
  const answer = route(createChallengeAnswer({ secret: () => secret, now: () => now, bits: 4 }));
  const response = await answer(new Request("http://localhost/api/challenge?board=accuracy"));
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const { token, ...rest } = await response.json();
  expect(rest).toEqual({ bits: 4, expiresAt: new Date(now + 10 * minute).toISOString() });
  expect(await verifyToken(secret, token, expected)).toMatchObject({ board: "accuracy" });
});

test.each(["", "?board=", "?board=chess", "?board=__proto__", "?board=accuracy&x=1"])(
  "a challenge for %s is refused",
  async (query) => {
    const answer = route(createChallengeAnswer({ secret: () => secret }));
    const response = await answer(new Request(`http://localhost/api/challenge${query}`));
    expect(response.status).toBe(422);
    expect((await response.json()).error.message).toMatch(/\.$/);
  },
);
