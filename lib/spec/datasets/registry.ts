// Every data set that an experiment may name.
export { mnist } from "./mnist";
