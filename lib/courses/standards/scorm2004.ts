// SCORM 2004, 3rd edition (ADL 2006), which course sites with the 4th take as well: IMS Content Packaging 1.1.4 with
// simple sequencing. The page says itself when it is completed and passed.
import { PAGE, type Standard } from "../standard";
import { element } from "../xml";

export const scorm2004: Standard = {
  label: "SCORM 2004",
  summary: "Keeps completion and success apart; for course sites that ask for it.",
  suffix: "scorm-2004",
  descriptionName: "imsmanifest.xml",
  scripts: ["embed.js", "course-scorm.js"],
  data: () => ({ scorm: "2004" }),
  describe: ({ course: { title }, identifier, files }) =>
    element(
      "manifest",
      {
        identifier,
        version: "1.0",
        xmlns: "http://www.imsglobal.org/xsd/imscp_v1p1",
        "xmlns:adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
        "xmlns:imsss": "http://www.imsglobal.org/xsd/imsss",
      },
      element(
        "metadata",
        {},
        element("schema", {}, "ADL SCORM"),
        element("schemaversion", {}, "2004 3rd Edition"),
      ),
      element(
        "organizations",
        { default: "course" },
        element(
          "organization",
          { identifier: "course" },
          element("title", {}, title),
          element(
            "item",
            { identifier: "item", identifierref: "page" },
            element("title", {}, title),
            element(
              "imsss:sequencing",
              {},
              element("imsss:deliveryControls", {
                completionSetByContent: "true",
                objectiveSetByContent: "true",
              }),
            ),
          ),
          element("imsss:sequencing", {}, element("imsss:controlMode", { choice: "true", flow: "true" })),
        ),
      ),
      element(
        "resources",
        {},
        element(
          "resource",
          { identifier: "page", type: "webcontent", "adlcp:scormType": "sco", href: PAGE },
          ...files.map((href) => element("file", { href })),
        ),
      ),
    ),
};
