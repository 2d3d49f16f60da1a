import fc from "fast-check";
import { expect, test } from "vitest";
import { bestFront, type Offer } from "./front";

test("the front leads from the cheapest to the best, past what costs more and brings no more", () => {
  const offers = [
    { cost: 100, merit: 0.97 },
    { cost: 10, merit: 0.9 },
    { cost: 50, merit: 0.89 },
    { cost: 20, merit: 0.95 },
    { cost: 200, merit: 0.97 },
    { cost: 300, merit: 0.99 },
  ];
  expect(bestFront(offers)).toEqual([1, 3, 0, 5]);
  expect(bestFront([])).toEqual([]);
});

test("equal offers are on it together, in the order given", () => {
  const offer = { cost: 10, merit: 0.9 };
  expect(bestFront([offer, { cost: 10, merit: 0.8 }, offer, { cost: 9, merit: 0.1 }])).toEqual([3, 0, 2]);
});

test("it is exactly what no other beats, whatever the offers are", () => {
  const beats = (a: Offer, b: Offer) =>
    a.cost <= b.cost && a.merit >= b.merit && (a.cost < b.cost || a.merit > b.merit);
  // From few values, so that many are equal.
  const offer = fc.record({ cost: fc.integer({ min: 1, max: 8 }), merit: fc.integer({ min: 0, max: 8 }) });
  fc.assert(
    fc.property(fc.array(offer, { maxLength: 20 }), (offers) => {
      const unbeaten = [...offers.keys()].filter(
        (place) => !offers.some((other) => beats(other, offers[place]!)),
      );
      expect(bestFront(offers).toSorted((a, b) => a - b)).toEqual(unbeaten);
    }),
  );
});
