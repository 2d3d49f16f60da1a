// Before each file of tests that shares its process with others: it gets modules that nobody has used.
import { vi } from "vitest";

vi.resetModules();
