// Every data set that an experiment may name.
export { digits } from "./digits";
export { mnist } from "./mnist";
