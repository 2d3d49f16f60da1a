// Every data set that `npm run data` builds.
export { digits } from "./digits";
export { mnist } from "./mnist";
