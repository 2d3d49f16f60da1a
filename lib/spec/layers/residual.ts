import { defineLayer } from "../define";
import { layerList } from "../fields";
import { lowerLayer, nestedLayers } from "../nested";
import { nestedAllowed } from "./block";

const convolution = {
  kind: "conv2d",
  filters: 16,
  kernelSize: 3,
  strides: 1,
  padding: "same",
  activation: "relu",
  useBias: true,
};

export const residual = defineLayer({
  kind: "residual",
  label: "Residual block",
  summary: "Adds its input to what its layers make of it, so that gradients have a way around them.",
  fields: {
    layers: layerList("Layers", {
      default: [convolution, { ...convolution, activation: "linear" }],
      schema: nestedLayers(),
      allowed: nestedAllowed,
      help: "What the input goes through before it is added again; a 1×1 projection is learned where the shapes differ.",
    }),
  },
  lower: ({ layers }) => [{ op: "fork" }, ...layers.flatMap(lowerLayer), { op: "add" }],
});
