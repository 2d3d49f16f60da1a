import { defineLayer } from "../define";
import { layerList } from "../fields";
import { lowerLayer, nestedLayers } from "../nested";
import { nestedAllowed } from "./block";

export const denseBlock = defineLayer({
  kind: "denseBlock",
  label: "Dense block",
  summary: "Joins its input and what its layers make of it, channel by channel: what comes after sees both.",
  fields: {
    layers: layerList("Layers", {
      default: [
        {
          kind: "conv2d",
          filters: 12,
          kernelSize: 3,
          strides: 1,
          padding: "same",
          activation: "relu",
          useBias: true,
        },
      ],
      schema: nestedLayers(),
      allowed: nestedAllowed,
      help: "What the input goes through before it is joined again. Height and width stay; the channels are added up.",
    }),
  },
  lower: ({ layers }) => [{ op: "fork" }, ...layers.flatMap(lowerLayer), { op: "concatenate" }],
});
