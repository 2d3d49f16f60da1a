// What a standard for course sites is to the packages: how it describes one, and which scripts speak for it.
import type { Course } from "./course";
import type { XmlElement } from "./xml";

/** What a description names of the package around it. */
export interface Described {
  course: Course;
  /** Made of the package's content: letters, digits and "-", a letter first. */
  identifier: string;
  /** Every file but the description itself, the page first. */
  files: readonly string[];
}

export interface Standard {
  label: string;
  /** For whom, in a sentence. */
  summary: string;
  /** At the end of the package's file name. */
  suffix: string;
  /** Of the description in the package's top folder, where course sites look for it. */
  descriptionName: string;
  describe(described: Described): XmlElement;
  /** Served by us from the top, and put into the package under the same names; in the order in which the page runs them. */
  scripts: readonly string[];
  /** Data attributes of the page's root, which its scripts read. */
  data(course: Course): Readonly<Record<string, string>>;
}

export const PAGE = "index.html";
