// Which of several networks are worth their price: those that no other one beats. Pure.

export interface Offer {
  /** The less the better: parameters, multiply-adds, time. */
  cost: number;
  /** The more the better: an accuracy. */
  merit: number;
}

/**
 * The best front (Pareto's): places of the offers that no other beats, cheapest first. One beats another where it is no
 * worse in either way, and better in one. Equal offers beat one another in neither, and are on the front together.
 */
export function bestFront(offers: readonly Offer[]): number[] {
  const order = [...offers.keys()].sort(
    (a, b) => offers[a]!.cost - offers[b]!.cost || offers[b]!.merit - offers[a]!.merit,
  );
  const front: number[] = [];
  for (const place of order) {
    const last = front.at(-1);
    const { cost, merit } = offers[place]!;
    const isFirst = last === undefined || merit > offers[last]!.merit;
    if (isFirst || (merit === offers[last]!.merit && cost === offers[last]!.cost)) front.push(place);
  }
  return front;
}
