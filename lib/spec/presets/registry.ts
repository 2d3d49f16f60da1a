// Experiments to start from. To add one: write its file, add its line.
export { convolutionalNetwork } from "./convolutional-network";
export { firstRunPreset } from "./first-run";
export { lenet5 } from "./lenet5";
export { residualNetwork } from "./residual-network";
export { smallAndSharp } from "./small-and-sharp";
