// What may happen between the steps and epochs of a run.
export { learningRateSchedule } from "./learning-rate-schedule";
