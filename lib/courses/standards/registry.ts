// The standards that courses are packed by. To add one: write its file, add its line.
export { scorm12 } from "./scorm12";
export { scorm2004 } from "./scorm2004";
export { xapi } from "./xapi";
