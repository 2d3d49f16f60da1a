// What the commands say and do when something is in the way, and that nothing they start outlives them.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function collect(child: ChildProcess) {
  const seen = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    seen.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    seen.stderr += chunk;
  });
  return seen;
}

async function runStart(port: string) {
  const child = spawn(process.execPath, [here("start.mjs")], { env: { ...process.env, PORT: port } });
  const seen = collect(child);
  const [code] = await once(child, "close");
  return { code, ...seen };
}

test("a port in use is said in one sentence that names a way out", async () => {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const { code, stdout, stderr } = await runStart(String(port));
  server.close();
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toBe(
    `Port ${port} is in use: stop what uses it, or choose another one, as in "PORT=${port + 1} npm start".\n`,
  );
});

test.each(["abc", "0", "70000", "12.5"])("PORT=%s is refused", async (port) => {
  const { code, stderr } = await runStart(port);
  expect(code).toBe(1);
  expect(stderr).toBe(`PORT is "${port}": set it to a whole number from 1 to 65535.\n`);
});

/** A command that starts a program which starts another; both hold the command's output open while they live. */
const family = `
  import { run } from ${JSON.stringify(here("lib/processes.mjs"))};
  const inner = 'console.log("inner is up"); setInterval(() => {}, 1000)';
  const outer = 'require("node:child_process").spawn(process.execPath, ["-e", ' +
    JSON.stringify(inner) + '], { stdio: "inherit" }); setInterval(() => {}, 1000)';
  await run("It failed.", process.execPath, ["-e", outer], { show: true });
  console.log("went on");
`;

const windows = process.platform === "win32";

test.for([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends everything that was started, and nothing goes on", async ([signal, code], { skip }) => {
  const reason = `The end by ${signal} is not checked: Windows has no signals.`;
  // The list of tests says that one was skipped, but not why.
  if (windows) console.log(reason);
  skip(windows, reason);
  const child = spawn(process.execPath, ["--input-type=module", "-e", family]);
  const seen = collect(child);
  await expect.poll(() => seen.stdout, { timeout: 10_000 }).toBe("inner is up\n");
  child.kill(signal);
  // "close" comes when the last process that can write to these pipes is gone.
  const [ended] = await once(child, "close");
  expect(ended).toBe(code);
  expect(seen).toEqual({ stdout: "inner is up\n", stderr: "" });
});

test("a program that fails is reported with its last lines, then with what to do", async () => {
  const failing = `
    import { run } from ${JSON.stringify(here("lib/processes.mjs"))};
    import { main } from ${JSON.stringify(here("lib/report.mjs"))};
    await main(async () => {
      await run("Mend it.", process.execPath, ["-e", 'console.log("what broke"); process.exit(7)']);
      return 0;
    });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", failing]);
  const seen = collect(child);
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(seen.stderr).toBe("what broke\n\nMend it.\n");
});
