// What a teacher puts into a course: an experiment or a lesson of this server, what of it is locked, and when it counts as
// passed. Everything that is made of it (HTML, packages) reads this and nothing else.
import type { Shown, ShownOptions } from "../embed/address";

export interface Course {
  /** Of the server that shows it, without a slash at the end. */
  origin: string;
  shown: Shown;
  title: string;
  /** One or two sentences for lists of a course site. */
  description: string;
  options: ShownOptions;
  /** What has to be reached, in percent: of the test images for an experiment, of the checks for a lesson. */
  pass: number;
}
