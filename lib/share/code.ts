// The link of an experiment: `/x/<code>` carries the whole spec and nothing else does, so a link opens for ever, on
// any server and without one.
//
//   1~First.run~flatten_dense-128_dense_dense-10-softmax
//   1~LeNet-5~conv2d-6-5--same-tanh_…~optimizer-sgd-.1~training-10
//
// `1` is the version. Then come the title and the layers, then what differs from the defaults, each by its name:
// data, validation, augmentation, loss, optimizer, training, callbacks, seed. How values are written is in words.ts
// and entries.ts. Where DEFLATE makes the text clearly shorter, the code is `z` and base64url instead.
//
// What these letters mean must never change: lib/share/golden holds links that have to open in every later version.
// Another way of writing needs another version beside this one.
import * as augmentations from "../spec/augmentations/registry";
import * as callbacks from "../spec/callbacks/registry";
import {
  type ExperimentSpec,
  lossField,
  parseExperiment,
  seedField,
  trainingFields,
  validationFields,
} from "../spec/experiment";
import { type Fields, oneOf } from "../spec/fields";
import * as layers from "../spec/layers/registry";
import * as optimizers from "../spec/optimizers/registry";
import { ParseError } from "../spec/parse";
import { compress, decompress } from "./compress";
import { type Catalog, readEntries, readPlaces, refuse, writeEntries, writePlaces } from "./entries";
import { readNumber, readTitle, readWord, writeNumber, writeTitle, writeWord } from "./words";

/** The longest code that is read. Servers take about twice as much in a request's line and headers. */
export const MAX_CODE_LENGTH = 8192;

const READABLE = "1~";
const COMPRESSED = "z";
/** A code that can be read is worth this much: it is compressed where that leaves less of it. */
const WORTH_COMPRESSING = 0.8;

/** Stands for a list without entries, so that no code ends in a ~. */
const NONE = "0";

/** What version 1 means where it names no data set and no optimizer, whatever the page begins with. */
const DEFAULT_DATASET = "mnist";
const DEFAULT_OPTIMIZER = "adam";

/** What `parseExperiment` takes, or a part of it. */
type Input = { [field in keyof ExperimentSpec]?: unknown };

interface Section {
  /** Empty where nothing differs from the defaults. */
  write(spec: ExperimentSpec): string;
  read(text: string): Input;
}

const valuesOf = (fields: Fields, values: object) => writePlaces(fields, values).join("-");
const readValues = (fields: Fields, text: string) => readPlaces(fields, text.split("-"), text);
const listOf = (catalog: Catalog, text: string) => (text === NONE ? [] : readEntries(catalog, text));

/** In the order in which they are written. */
const sections: Readonly<Record<string, Section>> = {
  data: { write: writeData, read: readData },
  validation: {
    write: ({ validation }) => valuesOf(validationFields, validation),
    read: (text) => ({ validation: readValues(validationFields, text) }),
  },
  augmentation: {
    write: ({ augmentation }) => writeEntries(augmentations, augmentation),
    read: (text) => ({ augmentation: listOf(augmentations, text) }),
  },
  loss: {
    write: (spec) => valuesOf({ loss: lossField }, spec),
    read: (text) => readValues({ loss: lossField }, text),
  },
  optimizer: {
    write: ({ optimizer }) => {
      const text = writeEntries(optimizers, [optimizer]);
      return text === DEFAULT_OPTIMIZER ? "" : text;
    },
    read: (text) => {
      const [optimizer, ...others] = readEntries(optimizers, text);
      return others.length === 0 ? { optimizer } : refuse(text, "one optimizer");
    },
  },
  training: {
    write: ({ training }) => valuesOf(trainingFields, training),
    read: (text) => ({ training: readValues(trainingFields, text) }),
  },
  callbacks: {
    write: (spec) => writeEntries(callbacks, spec.callbacks),
    read: (text) => ({ callbacks: listOf(callbacks, text) }),
  },
  seed: {
    write: (spec) => valuesOf({ seed: seedField }, spec),
    read: (text) => readValues({ seed: seedField }, text),
  },
};

/** `data-mnist-3_7-500`: the data set's name, the classes that are kept, the limit; each may be empty. */
function writeData({ dataset: { id, classes, trainLimit } }: ExperimentSpec): string {
  const places = [
    id === DEFAULT_DATASET ? "" : writeWord(id),
    classes?.map(writeNumber).join("_") ?? "",
    trainLimit === null ? "" : writeNumber(trainLimit),
  ];
  return places.join("-").replace(/-+$/, "");
}

function readData(text: string): Input {
  const [id = "", classes = "", trainLimit = "", ...others] = text.split("-");
  if (others.length > 0) refuse(text, "a data set, its classes and a limit");
  const number = (place: string) => readNumber(place) ?? place;
  return {
    dataset: {
      id: id === "" ? DEFAULT_DATASET : (readWord(id) ?? id),
      classes: classes === "" ? null : classes.split("_").map(number),
      trainLimit: trainLimit === "" ? null : number(trainLimit),
    },
  };
}

/** The experiment as the `<code>` of `/x/<code>`: letters, digits and - . _ ~ only, a letter or a digit at the end. */
export function encodeExperiment(spec: ExperimentSpec): string {
  const parts = [writeTitle(spec.title), writeEntries(layers, spec.layers) || NONE];
  for (const [name, section] of Object.entries(sections)) {
    const text = section.write(spec);
    if (text !== "") parts.push(`${name}-${text}`);
  }
  const readable = READABLE + parts.join("~");
  const compressed = COMPRESSED + compress(readable);
  return compressed.length < WORTH_COMPRESSING * readable.length ? compressed : readable;
}

/**
 * Reads the experiment of a link. Safe with any text: time and memory are bounded by `MAX_CODE_LENGTH`.
 * @throws ParseError whose field is "code", or the experiment's own where that has a wrong value
 */
export function decodeExperiment(code: string): ExperimentSpec {
  if (code.length > MAX_CODE_LENGTH) {
    const allowed = `at most ${MAX_CODE_LENGTH}`;
    const message = `code has ${code.length} characters; it must be ${allowed}.`;
    throw new ParseError("code", code, allowed, message);
  }
  // Some programs escape the ~, which RFC 3986 has them not do.
  const plain = code.replaceAll(/%7e/gi, "~");
  const text = plain.startsWith(COMPRESSED) ? decompress(plain.slice(COMPRESSED.length)) : plain;
  if (!text?.startsWith(READABLE))
    throw new ParseError("code", code, "the part of a link that follows /x/, and all of it");
  const [title = "", layerList = "", ...others] = text.slice(READABLE.length).split("~");
  const input: Input = {
    version: 1,
    title: readTitle(title) ?? refuse(title, "a title of letters, digits, -, . and escapes"),
    dataset: { id: DEFAULT_DATASET },
    layers: listOf(layers, layerList),
    optimizer: { kind: DEFAULT_OPTIMIZER },
  };
  const seen = new Set<string>();
  for (const other of others) {
    const [name = ""] = other.split("-", 1);
    if (!Object.hasOwn(sections, name)) refuse(other, oneOf(Object.keys(sections)));
    if (seen.has(name)) refuse(other, `the only section called ${name}`);
    seen.add(name);
    Object.assign(input, sections[name]!.read(other.slice(name.length + 1)));
  }
  return parseExperiment(input);
}
