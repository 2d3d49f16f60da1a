import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { createLayer, type LayerKind } from "@/lib/spec/experiment";
import * as layers from "@/lib/spec/layers/registry";
import { type FieldValues, FoldButton, splitFields } from "./folded";

const shown = (kind: LayerKind) => splitFields(layers[kind].fields).shown.map(([name]) => name);
const ignore = () => {};

/** What the button says of a layer, without what only screen readers hear. */
function told(kind: LayerKind, changes: object, room?: number): string {
  const { folded } = splitFields(layers[kind].fields);
  const values = { ...createLayer(kind), ...changes } as unknown as FieldValues;
  const html = renderToStaticMarkup(
    <FoldButton open={false} onToggle={ignore} place="layer 2" folded={folded} values={values} room={room} />,
  );
  return html.replace(/<span class="sr-only">.*?<\/span>/, "").replaceAll(/<[^>]*>/g, "");
}

describe("the fields that stand in a layer's row", () => {
  test("are those that shape the network, at most two of them", () => {
    expect(shown("dense")).toEqual(["units", "activation"]);
    expect(shown("conv2d")).toEqual(["filters", "kernelSize"]);
    expect(shown("maxPooling2d")).toEqual(["poolSize"]);
    expect(shown("batchNormalization")).toEqual([]);
  });

  test("are all of them where there is one, unless it holds layers", () => {
    expect(shown("dropout")).toEqual(["rate"]);
    expect(shown("activation")).toEqual(["activation"]);
    expect(shown("residual")).toEqual([]);
  });
});

describe("the word that the others fold behind", () => {
  test("says what was changed in there", () => {
    expect(told("conv2d", {})).toBe("more");
    expect(told("conv2d", { padding: "same", strides: 2 })).toBe("strides 2 · same");
    expect(told("conv2d", { useBias: false })).toBe("no bias");
    expect(told("batchNormalization", { momentum: 0.9 })).toBe("momentum 0.9");
  });

  test("counts the changes that find no room, and the layers of a block", () => {
    expect(told("conv2d", { padding: "same", activation: "linear", useBias: false })).toBe("3 changed");
    expect(told("batchNormalization", { momentum: 0.9 }, 9)).toBe("1 changed");
    expect(told("residual", {}, 9)).toBe("2 layers");
  });
});
