// Every layer that an experiment may name. To add one: write its file, add its line.
export { activation } from "./activation";
export { averagePooling2d } from "./average-pooling2d";
export { batchNormalization } from "./batch-normalization";
export { conv2d } from "./conv2d";
export { dense } from "./dense";
export { denseBlock } from "./dense-block";
export { dropout } from "./dropout";
export { flatten } from "./flatten";
export { globalAveragePooling2d } from "./global-average-pooling2d";
export { maxPooling2d } from "./max-pooling2d";
export { residual } from "./residual";
