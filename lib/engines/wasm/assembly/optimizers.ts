// The five optimizers after Keras 3, four weights at a time. A step's settings are set once and then used by
// every weight row of that step, while its gradient is still in the first cache.

export const SGD: i32 = 0;
export const ADAM: i32 = 1;
export const RMSPROP: i32 = 2;
export const ADAGRAD: i32 = 3;

/** Averages this small are taken for zero: a subnormal number costs a hundred times an ordinary one. */
const TINY: f32 = 1e-30;

/** Adam's settings as vectors: what is loaded once stays in a register, what is spread anew does not. */
const SETTINGS: usize = memory.data(96, 16);

let kind: i32 = SGD;
let rate: f32 = 0;
let decay: f32 = 0;
let momentum: f32 = 0;
let nesterov: bool = false;
let first: f32 = 0;
let second: f32 = 0;
let epsilon: f32 = 0;

/** Plain descent if `share` is 0, else with momentum. */
export function configureSgd(learningRate: f32, share: f32, lookAhead: bool): void {
  kind = SGD;
  rate = learningRate;
  momentum = share;
  nesterov = lookAhead;
}

/** @param alpha the learning rate with this step's bias corrections @param shrink learning rate × weight decay */
export function configureAdam(alpha: f32, beta1: f32, beta2: f32, eps: f32, shrink: f32): void {
  kind = ADAM;
  rate = alpha;
  first = 1 - beta1;
  second = 1 - beta2;
  epsilon = eps;
  decay = shrink;
  v128.store(SETTINGS, f32x4.splat(rate));
  v128.store(SETTINGS, f32x4.splat(first), 16);
  v128.store(SETTINGS, f32x4.splat(second), 32);
  v128.store(SETTINGS, f32x4.splat(epsilon), 48);
  v128.store(SETTINGS, f32x4.splat(TINY), 64);
  v128.store(SETTINGS, i32x4.splat(0x7fffffff), 80);
}

export function configureRmsprop(learningRate: f32, rho: f32, share: f32, eps: f32): void {
  kind = RMSPROP;
  rate = learningRate;
  second = rho;
  first = 1 - rho;
  momentum = share;
  epsilon = eps;
}

export function configureAdagrad(learningRate: f32, eps: f32): void {
  kind = ADAGRAD;
  rate = learningRate;
  epsilon = eps;
}

/** True where a zero gradient leaves a weight whose state is untouched, or any weight, as it is. */
@inline
export function idleIsFree(): bool {
  return kind == ADAGRAD || (kind == SGD && momentum == 0);
}

/** True where a weight that never had a gradient does not move. */
@inline
export function sleepsWithoutGradient(): bool {
  return !(kind == ADAM && decay != 0);
}

/** Steps `count` weights (a multiple of 4). @param a, b the optimizer's state for them, as far as it has any */
export function update(weights: usize, a: usize, b: usize, gradient: usize, count: usize): void {
  const end = weights + (count << 2);
  if (kind == ADAM) adam(weights, a, b, gradient, end);
  else if (kind == SGD) sgd(weights, a, gradient, end);
  else if (kind == RMSPROP) rmsprop(weights, a, b, gradient, end);
  else adagrad(weights, a, gradient, end);
}

@inline
function flush(x: v128): v128 {
  return v128.and(x, f32x4.gt(f32x4.abs(x), f32x4.splat(TINY)));
}

function adam(w: usize, m: usize, v: usize, g: usize, end: usize): void {
  if (decay != 0) {
    const shrink = f32x4.splat(decay);
    for (let i = w; i < end; i += 16) v128.store(i, f32x4.sub(v128.load(i), f32x4.mul(v128.load(i), shrink)));
  }
  plainAdam(w, m, v, g, end - w);
}

/** True where `plainAdam` is all there is to a step. */
@inline
export function isPlainAdam(): bool {
  return kind == ADAM && decay == 0;
}

/** Adam without decay on `bytes` of weights, a multiple of 16. */
@inline
export function plainAdam(w: usize, m: usize, v: usize, g: usize, bytes: usize): void {
  const alpha = v128.load(SETTINGS), keepM = v128.load(SETTINGS, 16), keepV = v128.load(SETTINGS, 32);
  const eps = v128.load(SETTINGS, 48), tiny = v128.load(SETTINGS, 64), magnitude = v128.load(SETTINGS, 80);
  const end = w + bytes;
  for (; w + 32 <= end; w += 32, m += 32, v += 32, g += 32) {
    adamStep(w, m, v, v128.load(g), alpha, keepM, keepV, eps, tiny, magnitude);
    adamStep(w + 16, m + 16, v + 16, v128.load(g, 16), alpha, keepM, keepV, eps, tiny, magnitude);
  }
  if (w < end) adamStep(w, m, v, v128.load(g), alpha, keepM, keepV, eps, tiny, magnitude);
}

@inline
function adamStep(
  w: usize, m: usize, v: usize, slope: v128, alpha: v128, keepM: v128, keepV: v128, eps: v128, tiny: v128,
  magnitude: v128,
): void {
  const oldM = v128.load(m);
  const oldV = v128.load(v);
  const sum = f32x4.add(oldM, f32x4.mul(f32x4.sub(slope, oldM), keepM));
  // As `flush`, but compared as whole numbers: a float's bits rise with it.
  const newM = v128.and(sum, i32x4.gt_s(v128.and(sum, magnitude), tiny));
  const newV = f32x4.add(oldV, f32x4.mul(f32x4.sub(f32x4.mul(slope, slope), oldV), keepV));
  v128.store(m, newM);
  v128.store(v, newV);
  v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(alpha, newM), f32x4.add(f32x4.sqrt(newV), eps))));
}

function sgd(w: usize, velocity: usize, g: usize, end: usize): void {
  const step = f32x4.splat(rate);
  if (momentum == 0) {
    for (; w < end; w += 16, g += 16)
      v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(v128.load(g), step)));
    return;
  }
  const share = f32x4.splat(momentum);
  for (; w < end; w += 16, velocity += 16, g += 16) {
    const pull = f32x4.mul(v128.load(g), step);
    const next = flush(f32x4.sub(f32x4.mul(v128.load(velocity), share), pull));
    v128.store(velocity, next);
    const move = nesterov ? f32x4.sub(f32x4.mul(next, share), pull) : next;
    v128.store(w, f32x4.add(v128.load(w), move));
  }
}

function rmsprop(w: usize, square: usize, velocity: usize, g: usize, end: usize): void {
  const step = f32x4.splat(rate);
  const rho = f32x4.splat(second);
  const rest = f32x4.splat(first);
  const eps = f32x4.splat(epsilon);
  const share = f32x4.splat(momentum);
  const moves = momentum != 0;
  for (; w < end; w += 16, square += 16, velocity += 16, g += 16) {
    const slope = v128.load(g);
    const next = f32x4.add(f32x4.mul(v128.load(square), rho), f32x4.mul(f32x4.mul(slope, slope), rest));
    v128.store(square, next);
    let pull = f32x4.div(f32x4.mul(slope, step), f32x4.sqrt(f32x4.add(next, eps)));
    if (moves) {
      pull = flush(f32x4.add(f32x4.mul(v128.load(velocity), share), pull));
      v128.store(velocity, pull);
    }
    v128.store(w, f32x4.sub(v128.load(w), pull));
  }
}

function adagrad(w: usize, sum: usize, g: usize, end: usize): void {
  const step = f32x4.splat(rate);
  const eps = f32x4.splat(epsilon);
  for (; w < end; w += 16, sum += 16, g += 16) {
    const slope = v128.load(g);
    const next = f32x4.add(v128.load(sum), f32x4.mul(slope, slope));
    v128.store(sum, next);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(slope, step), f32x4.sqrt(f32x4.add(next, eps)))));
  }
}
