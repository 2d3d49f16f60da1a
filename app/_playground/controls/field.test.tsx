import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { boolean, choice, number } from "@/lib/spec/fields";
import { residual } from "@/lib/spec/layers/residual";
import { FieldControl, FieldRow } from "./field";

const ignore = () => {};

describe("a field of any kind", () => {
  test("is a spinbutton where it is a number, named by its label", () => {
    const field = number("Epsilon", { default: 1e-7, min: 1e-10, max: 1 });
    const html = renderToStaticMarkup(<FieldControl field={field} value={0.5} onChange={ignore} />);
    expect(html).toMatch(/<input[^>]*role="spinbutton"[^>]*aria-label="Epsilon"/);
    expect(html).toContain('value="0.5"');
    expect(html).toContain('aria-valuemin="0.0000000001"');
    expect(html).toContain('aria-valuemax="1"');
  });

  test("shows a number as it is asked to, while nobody edits it", () => {
    const field = number("Validation", { default: 0.2, min: 0, max: 0.9 });
    const html = renderToStaticMarkup(
      <FieldControl field={field} value={0.2} format={(share) => `${100 * share} %`} onChange={ignore} />,
    );
    expect(html).toContain('value="20 %"');
    expect(html).toContain('aria-valuenow="0.2"');
  });

  test("is a combobox where it is a choice, and shows the choice's own words", () => {
    const field = choice("Activation", {
      default: "relu",
      values: ["relu", "linear"],
      labels: { linear: "linear (none)" },
    });
    const html = renderToStaticMarkup(
      <FieldControl field={field} value="linear" name="Activation of layer 2" onChange={ignore} />,
    );
    expect(html).toMatch(/<button[^>]*role="combobox"[^>]*aria-label="Activation of layer 2"/);
    expect(html).toContain("linear (none)");
  });

  test("is a switch where it is yes or no", () => {
    const field = boolean("Shuffle", { default: true });
    const html = renderToStaticMarkup(<FieldControl field={field} value={false} onChange={ignore} />);
    expect(html).toMatch(/<button[^>]*role="switch"[^>]*aria-checked="false"[^>]*aria-label="Shuffle"/);
    expect(html).toContain(">off<");
  });

  test("is a stack where it is a list of layers, each named by its place in it", () => {
    const { layers } = residual.fields;
    const value = [...layers.default, { kind: "dropout", rate: 0.5 }];
    const html = renderToStaticMarkup(
      <FieldControl field={layers} value={value} name="block 3" onChange={ignore} />,
    );
    expect(html).toContain('<ol aria-label="Layers of block 3">');
    const names = [...html.matchAll(/role="spinbutton"[^>]*aria-label="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual([
      "Filters of layer 1 of block 3",
      "Kernel of layer 1 of block 3",
      "Filters of layer 2 of block 3",
      "Kernel of layer 2 of block 3",
      "Rate of layer 3 of block 3",
    ]);
    expect(html).toMatch(/aria-label="Remove layer 3 of block 3"/);
    expect(html).toMatch(/aria-label="Add a layer to block 3"/);
  });

  test("is a stack whose only layer stays", () => {
    const [only] = residual.fields.layers.default;
    const html = renderToStaticMarkup(
      <FieldControl field={residual.fields.layers} value={[only!]} name="block 1" onChange={ignore} />,
    );
    expect(html).toMatch(/aria-label="Remove layer 1 of block 1"[^>]*disabled=""/);
  });
});

describe("a row", () => {
  test("explains its label on tap where there is something to explain", () => {
    const help = number("Epochs", { default: 5, min: 1, max: 9, help: "Passes over all images." });
    const none = number("Epochs", { default: 5, min: 1, max: 9 });
    const row = (field: typeof help) =>
      renderToStaticMarkup(<FieldRow field={field} value={5} onChange={ignore} />);
    expect(row(help)).toMatch(/<button[^>]*aria-haspopup="dialog"[^>]*>Epochs/);
    expect(row(none)).not.toContain("<button");
  });

  test("says what is wrong with the field", () => {
    const field = choice("Loss", { default: "mse", values: ["mse"] });
    const problems = [{ field: "loss", message: "This loss does not fit.", severity: "warning" }] as const;
    const html = renderToStaticMarkup(
      <FieldRow field={field} value="mse" problems={problems} onChange={ignore} />,
    );
    expect(html).toContain("This loss does not fit.");
    expect(html).toContain("Warning: ");
  });
});
