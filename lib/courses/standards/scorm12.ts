// SCORM 1.2 (ADL 2001): IMS Content Packaging 1.1.2 with ADL's attributes. No mastery score stands in it: with one, a
// course site would call everybody failed who closes the page halfway.
import { PAGE, type Standard } from "../standard";
import { element } from "../xml";

export const scorm12: Standard = {
  label: "SCORM 1.2",
  summary: "What Moodle, Canvas, Blackboard and nearly every other course site takes.",
  suffix: "scorm-1.2",
  descriptionName: "imsmanifest.xml",
  scripts: ["embed.js", "course-scorm.js"],
  data: () => ({ scorm: "1.2" }),
  describe: ({ course: { title }, identifier, files }) =>
    element(
      "manifest",
      {
        identifier,
        version: "1.0",
        xmlns: "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
      },
      element("metadata", {}, element("schema", {}, "ADL SCORM"), element("schemaversion", {}, "1.2")),
      element(
        "organizations",
        { default: "course" },
        element(
          "organization",
          { identifier: "course" },
          element("title", {}, title),
          element("item", { identifier: "item", identifierref: "page" }, element("title", {}, title)),
        ),
      ),
      element(
        "resources",
        {},
        element(
          "resource",
          { identifier: "page", type: "webcontent", "adlcp:scormtype": "sco", href: PAGE },
          ...files.map((href) => element("file", { href })),
        ),
      ),
    ),
};
