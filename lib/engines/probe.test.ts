import { afterEach, expect, test, vi } from "vitest";
import { probe } from "./probe";

/** A device whose workers have a WebGL 2 with these extensions. */
function withWebGl(...extensions: string[]): void {
  const gl = {
    RENDERER: 0x1f01,
    getExtension: (name: string) =>
      extensions.includes(name) ? { UNMASKED_RENDERER_WEBGL: 0x9246, loseContext() {} } : null,
    getParameter: (name: number) => (name === 0x9246 ? "ANGLE (ARM, Mali-T860, OpenGL ES 3.2)" : "Mali"),
  };
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext = () => gl;
    },
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a GPU that writes whole floats is there, by its short name", async () => {
  withWebGl("EXT_color_buffer_float", "WEBGL_debug_renderer_info");
  expect(await probe("tfjs-webgl")).toEqual({ available: true, software: false, device: "Mali-T860" });
});

test("a GPU that only writes half floats is left out: the same experiment would come to other numbers", async () => {
  withWebGl("EXT_color_buffer_half_float", "WEBGL_debug_renderer_info");
  expect(await probe("tfjs-webgl")).toMatchObject({
    available: false,
    device: "Mali-T860: half precision only",
  });
});
