// Every layer that an experiment may name. To add one: write its file, add its line.
export { activation } from "./activation";
export { dense } from "./dense";
export { dropout } from "./dropout";
export { flatten } from "./flatten";
