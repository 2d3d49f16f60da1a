// A capsule is a trained network in a link's fragment, `/x/<code>#net=<text>`, which no server sees. The code brings the
// experiment, and with it the shapes and the weights before training; the text brings what training made of them,
// in about 4 bits a weight, rounded so that the answers stay the same:
//
//   "1"  the version
//   base64url of 4 bytes CRC-32 (big-endian), then the arrays in the order of `program.weights`, arithmetically coded
//   "z"  the end
//
// Chat programs cut long links, and take a - or _ at the end for punctuation. The last letter keeps that from the data,
// and the checksum, which also covers seed and shapes, refuses what was cut, damaged or put to another network's code.
//
// Only +, −, ×, ÷ and √ of IEEE 754 and whole numbers: the same weights have the same text on every device.
import { strToU8 } from "fflate";
import type { ExperimentSpec } from "../spec/experiment";
import { groupDigits } from "../spec/group-digits";
import { sizeOf } from "../spec/ops";
import { ParseError, show } from "../spec/parse";
import { buildProgram, initialWeights, type Program } from "../spec/program";
import { decodeBase64url, encodeBase64url } from "./base64url";
import { codeKernel, codeVector, MAX_PRECISION, quantize, restore } from "./capsule-arrays";
import { BitReader, BitWriter } from "./capsule-coder";
import type { Work } from "./slices";
import { checkWeights, findNotFinite, isKernel, unitsOf } from "./weights";

/**
 * The largest network that fits a link. Its text has from 150,000 characters (one large kernel) to 240,000 (many small
 * ones). Addresses may have a million in Firefox and two in Chrome; a page of text that long is still copied, pasted
 * and scanned for links at once, and larger networks have published runs.
 */
export const MAX_CAPSULE_PARAMETERS = 250_000;

const VERSION = "1";
const END = "z";
const CHECKSUM_BYTES = 4;

/**
 * Steps in each kernel's norm. With 1500 the lesson's network (109,386 parameters) has 67,500 characters and answers as
 * before. In a smaller network each weight means more, and there are characters left for finer steps.
 */
const precisionFor = ({ parameters }: Program): number =>
  Math.min(Math.max(1500, 1.6e8 / parameters), MAX_PRECISION);

/** More characters than any capsule of this network has. */
const longest = ({ parameters, weights }: Program): number => 64 + 8 * (parameters + weights.length);

/**
 * A large network takes some tens of milliseconds each way: see slices.
 * @param weights one array per entry of the spec's `program.weights`
 * @returns what comes after `#net=`: letters, digits, - and _
 * @throws RangeError above MAX_CAPSULE_PARAMETERS or where the weights are another network's; ParseError (field
 * "weights") for a number that is not finite
 */
export function* encodeCapsule(spec: ExperimentSpec, weights: readonly Float32Array[]): Work<string> {
  const program = buildProgram(spec);
  const reason = whyNoCapsule(program);
  if (reason !== null) throw new RangeError(reason);
  checkWeights(weights, program);
  const precision = precisionFor(program);
  const initial = initialWeights(program, spec.seed);
  const writer = new BitWriter();
  for (const [index, shape] of program.weights.entries()) {
    const values = weights[index]!;
    if (!isKernel(shape)) codeVector(writer, values);
    else {
      const units = unitsOf(shape);
      yield* codeKernel(writer, quantize(values, initial[index]!, units, precision), units);
    }
  }
  const content = writer.finish();
  const bytes = new Uint8Array(CHECKSUM_BYTES + content.length);
  new DataView(bytes.buffer).setUint32(0, checksum(spec, program, content));
  bytes.set(content, CHECKSUM_BYTES);
  return VERSION + encodeBase64url(bytes) + END;
}

/**
 * @param text what came after `#net=`; any text is safe
 * @returns one array per entry of the spec's `program.weights`, all finite
 * @throws ParseError (field "capsule") where it is none for this network, or not the whole of it
 */
export function* decodeCapsule(spec: ExperimentSpec, text: string): Work<Float32Array[]> {
  const program = buildProgram(spec);
  const reason = whyNoCapsule(program);
  if (reason !== null)
    throw new ParseError("capsule", text, `for at most ${MAX_CAPSULE_PARAMETERS} parameters`, reason);
  const content = readContent(spec, program, text);
  if (content === null) throw damaged(text);
  const initial = initialWeights(program, spec.seed);
  const reader = new BitReader(content);
  const weights: Float32Array[] = [];
  for (const [index, shape] of program.weights.entries()) {
    const size = sizeOf(shape.shape);
    if (!isKernel(shape)) weights.push(codeVector(reader, new Float32Array(size)));
    else {
      const unread = { isChange: 0, step: 0, levels: new Int16Array(size) };
      weights.push(restore(yield* codeKernel(reader, unread, unitsOf(shape)), initial[index]!));
    }
  }
  if (findNotFinite(weights) !== undefined) throw damaged(text);
  return weights;
}

/** What is coded, or null where it is not just what was written for this network. */
function readContent(spec: ExperimentSpec, program: Program, text: string): Uint8Array | null {
  if (!text.startsWith(VERSION) || !text.endsWith(END) || text.length > longest(program)) return null;
  const bytes = decodeBase64url(text.slice(VERSION.length, -END.length));
  if (bytes === null || bytes.length < CHECKSUM_BYTES) return null;
  const content = bytes.subarray(CHECKSUM_BYTES);
  const written = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return written === checksum(spec, program, content) ? content : null;
}

/** Why this network does not fit into a link, in one sentence; null where it does. */
export const whyNoCapsule = ({ parameters }: Program): string | null =>
  parameters <= MAX_CAPSULE_PARAMETERS
    ? null
    : `This network has ${groupDigits(parameters)} parameters; a link holds the weights of at most ${groupDigits(MAX_CAPSULE_PARAMETERS)}.`;

function damaged(text: string): ParseError {
  const allowed = "the whole of a trained network for this experiment";
  const message = `capsule is ${show(text)}; it must be ${allowed}, but the link was cut short or changed.`;
  return new ParseError("capsule", text, allowed, message);
}

/** Of all that decides what the content means: the seed and the shapes, but not the title or the length of training. */
function checksum({ seed }: ExperimentSpec, { weights }: Program, content: Uint8Array): number {
  const meaning = JSON.stringify([seed, weights.map(({ shape }) => shape)]);
  return crc32(content, crc32(strToU8(meaning)));
}

/** The remainder of each byte. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
  return remainder;
});

/** CRC-32 (IEEE 802.3). @param before that of the bytes that come before these */
function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ remainders[(crc ^ byte) & 255]!;
  return ~crc >>> 0;
}
