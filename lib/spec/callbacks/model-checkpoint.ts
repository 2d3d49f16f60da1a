import { defineCallback } from "../define";
import { monitorField } from "./monitor";

export const modelCheckpoint = defineCallback({
  kind: "modelCheckpoint",
  label: "Model checkpoint",
  summary: "Keeps the weights of the best epoch, to be loaded once the training is over.",
  fields: { monitor: monitorField },
});
