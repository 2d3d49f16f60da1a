// The module's memory, handed out from the bottom up: first what stays (the images), above it what a program
// needs, which is given back as a whole.

const PAGE = 65536;
const ALIGNMENT = 16;

export class Arena {
  #memory: WebAssembly.Memory;
  #base: number;
  #top: number;
  /** From here on nothing was ever handed out: it is zero, and takes no memory of the device before it is written to. */
  #fresh: number;

  constructor(memory: WebAssembly.Memory, base: number) {
    this.#memory = memory;
    this.#base = align(base);
    this.#top = this.#base;
    this.#fresh = this.#base;
  }

  /** `bytes` zero bytes, aligned for vectors. @throws RangeError where the device has no more memory */
  take(bytes: number): number {
    const pointer = this.#top;
    const end = align(pointer + bytes);
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    this.#top = end;
    if (pointer < this.#fresh) this.bytes(pointer, Math.min(end, this.#fresh) - pointer).fill(0);
    this.#fresh = Math.max(this.#fresh, end);
    return pointer;
  }

  /** Where the next `take` begins, for `release`. */
  get mark(): number {
    return this.#top;
  }

  /** Gives back everything taken since `mark`; without one, everything. */
  release(mark = this.#base): void {
    this.#top = mark;
  }

  /** Views are made when needed: growing the memory invalidates them. */
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, length);
  }

  words(pointer: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, pointer, length);
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
  }
}

const align = (pointer: number) => Math.ceil(pointer / ALIGNMENT) * ALIGNMENT;
