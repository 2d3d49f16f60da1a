// Functions whose last bits browsers disagree on, made of +, −, × and ÷ alone, which IEEE 754 rounds in one way:
// whatever reaches a weight goes through these. Accurate to about 1e-15 relative.

export const { PI } = Math;

/** ln 2 in two parts: any multiple of the first up to 2²⁰ is exact. */
const LN2_PARTS = [0.6931471803691238, 1.9082149292705877e-10] as const;

/** eˣ for |x| ≤ 700: twos are taken out until |x| ≤ ln 2 / 2, then a Taylor series, then they are put back. */
export function exponential(x: number): number {
  const twos = Math.round(x / Math.LN2);
  const rest = x - twos * LN2_PARTS[0] - twos * LN2_PARTS[1];
  let [term, sum] = [1, 1];
  for (let n = 1; n <= 18; n++) {
    term *= rest / n;
    sum += term;
  }
  for (let left = Math.abs(twos); left > 0; left--) sum *= twos > 0 ? 2 : 0.5;
  return sum;
}

/** ln x for x > 0, by 2·artanh((x−1)/(x+1)) of a mantissa near 1. */
export function logarithm(x: number): number {
  let [mantissa, twos] = [x, 0];
  for (; mantissa > 1.5; twos++) mantissa /= 2;
  for (; mantissa < 0.75; twos--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let [power, sum] = [ratio, 0];
  for (let n = 1; n <= 45; n += 2) {
    sum += power / n;
    power *= square;
  }
  return 2 * sum + twos * Math.LN2;
}

/** sin x, for angles of a few turns. */
export function sine(x: number): number {
  const turned = x - 2 * PI * Math.round(x / (2 * PI));
  let [term, sum] = [turned, turned];
  for (let n = 2; n <= 30; n += 2) {
    term *= -(turned * turned) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

export const cosine = (x: number): number => sine(x + PI / 2);
