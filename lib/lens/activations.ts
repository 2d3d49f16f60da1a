// What each layer makes of one image.
import { sizeOf } from "../spec/ops";
import { asProbabilities } from "../training/probabilities";
import type { Activations, ActivationsQuestion, StationActivation } from "./contract";
import type { Looking } from "./looking";
import { type Station, stationsOf } from "./stations";

/** More units of a layer, or more of its channels, are not shown: nobody tells them apart on a screen. */
export const MAX_UNITS = 512;
export const MAX_MAPS = 64;

/** @throws RangeError where the bytes are not one image */
export async function activations(looking: Looking, { image }: ActivationsQuestion): Promise<Activations> {
  const { spec, program } = looking;
  if (image.length !== sizeOf(program.input))
    throw new RangeError(`${image.length} bytes are no image of ${sizeOf(program.input)} bytes.`);
  const stations: StationActivation[] = [];
  for (const station of stationsOf(spec, program))
    stations.push(look(station, await looking.outputs(image, station.steps)));
  return { stations, probabilities: asProbabilities(await looking.outputs(image), program) };
}

function look(station: Station, all: Float32Array): StationActivation {
  const channels = station.shape.at(-1)!;
  const pixels = all.length / channels;
  const shown = Math.min(channels, pixels === 1 ? MAX_UNITS : MAX_MAPS);
  const values = new Float32Array(pixels * shown);
  const peaks = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  let silent = channels;
  for (let channel = 0; channel < channels; channel++) {
    let active = false;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = all[pixel * channels + channel]!;
      if (channel < shown) values[channel * pixels + pixel] = value;
      if (value > peaks[channel]!) peaks[channel] = value;
      if (value !== 0) active = true;
    }
    if (active) silent--;
  }
  const strongest = peaks.reduce((best, value, i) => (value > peaks[best]! ? i : best), 0);
  return { ...station, shown, values, silent, strongest, peak: peaks[strongest]! };
}
