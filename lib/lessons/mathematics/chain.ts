// The smallest network with a hidden unit, by formula: L₁ = W₁x + b₁, S = σ(L₁), L₂ = W₂S + b₂, ℓ = ½(y − L₂)². What the
// engine computes is compared with this.

/** All that the network is told: its input, its weights and the label. */
export interface ChainInput {
  x: number;
  w1: number;
  b1: number;
  w2: number;
  b2: number;
  y: number;
}

export interface ChainPass {
  /** The way forward. */
  l1: number;
  s: number;
  l2: number;
  loss: number;
  /** The slope of each link of the chain by the one before it. */
  slopes: { l1ByW1: number; sByL1: number; l2ByS: number; lossByL2: number };
  /** The way back: the slope of the loss by each value and each weight. */
  gradients: { l2: number; s: number; l1: number; w1: number; b1: number; w2: number; b2: number };
}

export function passChain({ x, w1, b1, w2, b2, y }: ChainInput): ChainPass {
  const l1 = w1 * x + b1;
  const s = 1 / (1 + Math.exp(-l1));
  const l2 = w2 * s + b2;
  const loss = (y - l2) ** 2 / 2;
  const slopes = { l1ByW1: x, sByL1: s * (1 - s), l2ByS: w2, lossByL2: l2 - y };
  const byS = slopes.lossByL2 * slopes.l2ByS;
  const byL1 = byS * slopes.sByL1;
  const gradients = {
    l2: slopes.lossByL2,
    s: byS,
    l1: byL1,
    w1: byL1 * slopes.l1ByW1,
    b1: byL1,
    w2: slopes.lossByL2 * s,
    b2: slopes.lossByL2,
  };
  return { l1, s, l2, loss, slopes, gradients };
}
