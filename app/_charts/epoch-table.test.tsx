import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { EpochTable } from "./epoch-table";

const epoch = (number: number, valLoss: number | null) => ({
  epoch: number,
  loss: 0.25 / number,
  accuracy: 0.9,
  valLoss,
  valAccuracy: null,
});

test("the table has a row for each epoch, with its heading, and a dash without validation", () => {
  const html = renderToStaticMarkup(
    <EpochTable
      caption="Loss by epoch"
      history={[epoch(1, 0.14411), epoch(2, null)]}
      kept={1}
      trainOf={({ loss }) => loss}
      validationOf={({ valLoss }) => valLoss}
    />,
  );
  expect(html).toContain("Loss by epoch</caption>");
  const rows = [...html.matchAll(/<tr class="border[^>]*>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/>([^<]+)</g)].map(([, cell]) => cell),
  );
  expect(rows).toEqual([
    ["1", " · its weights", "0.2500", "0.1441"],
    ["2", "0.1250", "–"],
  ]);
  expect(html.match(/scope="row"/g)).toHaveLength(2);
});
