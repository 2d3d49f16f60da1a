import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,app,workers,scripts,bench}/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    // Vitest would leave a core free, which on two cores is every other one.
    maxWorkers: "100%",
  },
});
