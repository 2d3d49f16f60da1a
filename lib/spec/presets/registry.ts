// Experiments to start from. To add one: write its file, add its line.
export { convolutionalNetwork } from "./convolutional-network";
export { densenetStyle } from "./densenet-style";
export { digits8x8 } from "./digits8x8";
export { firstRunPreset } from "./first-run";
export { lenet5 } from "./lenet5";
export { normalizedConvolutions } from "./normalized-convolutions";
export { plainConvolutions } from "./plain-convolutions";
export { residualNetwork } from "./residual-network";
export { smallAndSharp } from "./small-and-sharp";
export { vggStyle } from "./vgg-style";
