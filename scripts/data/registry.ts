// Every data set that `npm run data` builds.
export { mnist } from "./mnist";
