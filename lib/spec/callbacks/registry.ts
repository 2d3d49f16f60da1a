// What may happen between the steps and epochs of a run.
export { earlyStopping } from "./early-stopping";
export { learningRateSchedule } from "./learning-rate-schedule";
export { modelCheckpoint } from "./model-checkpoint";
export { reduceLROnPlateau } from "./reduce-lr-on-plateau";
