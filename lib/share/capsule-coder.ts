// An adaptive binary arithmetic coder: a bit that was foreseen with probability p costs −log₂ p bits. The probabilities
// are learnt while coding, by the writer and the reader alike, so nothing about them is stored. Whole numbers below
// 2⁵³ only, so that both count the same on every device.
//
// The writer and the reader have one interface: what is coded is described once, as a function that passes each bit
// to `code` and goes on with the bit that it gets back. The writer gives back what it was passed; the reader ignores
// that and gives what was written (Witten, Neal & Cleary 1987; kept to 32 bits as in Mahoney's lpaq).

/** Probabilities that a bit is 1, in 65,536ths; each is moved by 1/32 of its error after each bit. */
export type Models = Uint16Array;

const ADAPTATION = 5;

/** Models that expect nothing yet. */
export const createModels = (count: number): Models => new Uint16Array(count).fill(1 << 15);

export interface BitCoder {
  /** Codes a bit with, and teaches, the model at `index`. */
  code(models: Models, index: number, bit: number): number;
  /** Codes the lowest `count` bits of a number, all of them as likely to be 0 as 1. */
  codeRaw(value: number, count: number): number;
}

function teach(models: Models, index: number, bit: number): void {
  const probability = models[index]!;
  models[index] = bit
    ? probability + ((65_536 - probability) >> ADAPTATION)
    : probability - (probability >> ADAPTATION);
}

/** The last number of the part of [low, high] that stands for a 1. */
const split = (low: number, high: number, probability: number) =>
  low + Math.floor(((high - low) * probability) / 65_536);

const EVEN = createModels(1)[0]!;

export class BitWriter implements BitCoder {
  #low = 0;
  #high = 0xffffffff;
  #bytes: number[] = [];

  code(models: Models, index: number, bit: number): number {
    this.#narrow(models[index]!, bit);
    teach(models, index, bit);
    return bit;
  }

  codeRaw(value: number, count: number): number {
    for (let place = count - 1; place >= 0; place--) this.#narrow(EVEN, (value >>> place) & 1);
    return value;
  }

  /** Ends the code; nothing may be coded after it. */
  finish(): Uint8Array<ArrayBuffer> {
    // The first bytes of low and high differ. A reader takes what is missing at the end for zeros, so one byte is
    // enough to lie between them.
    this.#bytes.push((this.#low >>> 24) + 1);
    return new Uint8Array(this.#bytes);
  }

  #narrow(probability: number, bit: number): void {
    const middle = split(this.#low, this.#high, probability);
    if (bit) this.#high = middle;
    else this.#low = middle + 1;
    while (this.#low >>> 24 === this.#high >>> 24) {
      this.#bytes.push(this.#low >>> 24);
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 255) >>> 0;
    }
  }
}

export class BitReader implements BitCoder {
  #low = 0;
  #high = 0xffffffff;
  #window = 0;
  #next = 0;
  #bytes: Uint8Array;

  /** Reads any bytes as if they had been written; after the last come zeros. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let i = 0; i < 4; i++) this.#shift();
  }

  code(models: Models, index: number): number {
    const bit = this.#narrow(models[index]!);
    teach(models, index, bit);
    return bit;
  }

  codeRaw(_: number, count: number): number {
    let value = 0;
    for (let place = 0; place < count; place++) value = (value << 1) | this.#narrow(EVEN);
    return value >>> 0;
  }

  #narrow(probability: number): number {
    const middle = split(this.#low, this.#high, probability);
    const bit = this.#window <= middle ? 1 : 0;
    if (bit) this.#high = middle;
    else this.#low = middle + 1;
    while (this.#low >>> 24 === this.#high >>> 24) {
      this.#low = (this.#low << 8) >>> 0;
      this.#high = ((this.#high << 8) | 255) >>> 0;
      this.#shift();
    }
    return bit;
  }

  #shift(): void {
    this.#window = ((this.#window << 8) | (this.#bytes[this.#next++] ?? 0)) >>> 0;
  }
}
