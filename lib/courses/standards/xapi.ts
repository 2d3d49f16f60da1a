// xAPI by way of a Tin Can package: its launch address names a record store, which the page sends its statements to.
import { pagePath, writeSteps } from "../../embed/address";
import type { Course } from "../course";
import { PAGE, type Standard } from "../standard";
import { element } from "../xml";

/** The name of the activity in every record: the page of what is shown, and which part of a lesson it is. */
const activityOf = ({ origin, shown, options: { steps } }: Course): string =>
  `${origin}${pagePath(shown)}${steps === null ? "" : `?steps=${writeSteps(steps)}`}`;

export const xapi: Standard = {
  label: "xAPI",
  summary: "A Tin Can package, for course sites with a record store: every step is told, not only the end.",
  suffix: "xapi",
  descriptionName: "tincan.xml",
  scripts: ["embed.js", "embed-xapi.js", "course-xapi.js"],
  data: (course) => ({ activity: activityOf(course) }),
  describe: ({ course }) =>
    element(
      "tincan",
      { xmlns: "http://projecttincan.com/tincan.xsd" },
      element(
        "activities",
        {},
        element(
          "activity",
          { id: activityOf(course), type: "http://adlnet.gov/expapi/activities/course" },
          element("name", {}, course.title),
          element("description", { lang: "en-US" }, course.description),
          element("launch", { lang: "en-US" }, PAGE),
        ),
      ),
    ),
};
