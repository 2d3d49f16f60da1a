import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { verifySignature } from "./identity";
import { findPlayer, loadPlayer } from "./player-key";
import { playerOf } from "./submission";

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Writes into the player's database behind its back. */
async function tamper(value: unknown): Promise<void> {
  const database = await openDB("descent-player", 1, {
    upgrade: (fresh) => void fresh.createObjectStore("keys"),
  });
  await database.put("keys", value, "own");
  database.close();
}

async function stored(): Promise<Record<string, unknown> & { privateKey: CryptoKey }> {
  const database = await openDB("descent-player");
  const found = await database.get("keys", "own");
  database.close();
  return found;
}

/** A browser without Ed25519. */
function withoutEd25519(): void {
  const generate = crypto.subtle.generateKey.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "generateKey").mockImplementation((async (
    algorithm: { name: string },
    ...rest: [boolean, KeyUsage[]]
  ) => {
    if (algorithm.name === "Ed25519") throw new DOMException("Unrecognized name.", "NotSupportedError");
    return generate(algorithm as never, ...rest);
  }) as never);
}

describe("a player's key", () => {
  test.each([
    ["Ed25519", () => {}],
    ["P-256", withoutEd25519],
  ] as const)(
    "is made with %s, signs what the server takes, and is the same ever after",
    async (algorithm, arrange) => {
      arrange();
      const player = await loadPlayer();
      expect(player.algorithm).toBe(algorithm);
      expect(player.player).toBe(await playerOf(algorithm, player.key));
      const signature = await player.sign("a text");
      expect(await verifySignature(algorithm, player.key, signature, "a text")).toBe(true);
      expect(await verifySignature(algorithm, player.key, signature, "another text")).toBe(false);
      vi.restoreAllMocks();
      expect((await loadPlayer()).key).toBe(player.key);
      expect((await findPlayer())?.key).toBe(player.key);
    },
  );

  test("cannot be read, not even by the page", async () => {
    await loadPlayer();
    const { privateKey } = await stored();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("pkcs8", privateKey)).rejects.toThrow();
  });

  test("is one where several tabs make one at once", async () => {
    const players = await Promise.all(Array.from({ length: 8 }, () => loadPlayer()));
    expect(new Set(players.map(({ key }) => key)).size).toBe(1);
    expect((await loadPlayer()).key).toBe(players[0]!.key);
  });

  test("is not made by looking for one", async () => {
    const generate = vi.spyOn(crypto.subtle, "generateKey");
    expect(await findPlayer()).toBeNull();
    expect(generate).not.toHaveBeenCalled();
    expect(await stored()).toBeUndefined();
  });

  test("is replaced where its record is damaged", async () => {
    const first = await loadPlayer();
    const good = await stored();
    const open = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
    const damaged: unknown[] = [
      "a text",
      null,
      {},
      { ...good, algorithm: "__proto__" },
      { ...good, algorithm: "P-256" },
      { ...good, privateKey: good.publicKey },
      // Two keys that do not belong together.
      { ...good, publicKey: open.publicKey },
      // A key that could be read.
      { ...good, ...open },
    ];
    for (const record of damaged) {
      await tamper(record);
      expect(await findPlayer()).toBeNull();
      const players = await Promise.all([loadPlayer(), loadPlayer()]);
      expect(players[0]!.key).toBe(players[1]!.key);
      expect(players[0]!.key).not.toBe(first.key);
      expect((await findPlayer())?.key).toBe(players[0]!.key);
    }
  });

  test("needs https and a place to be kept, and says so in one sentence", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await expect(loadPlayer()).rejects.toThrow(/^This browser keeps nothing for this site, .+ try again\.$/);
    expect(await findPlayer()).toBeNull();
    vi.stubGlobal("crypto", {});
    await expect(loadPlayer()).rejects.toThrow(/^This page came over plain http, .+ submit from it\.$/);
  });

  test("says so, too, where the browser refuses to open the database", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("Not here.", "SecurityError");
    });
    await expect(loadPlayer()).rejects.toThrow(/^This browser keeps nothing/);
  });
});
