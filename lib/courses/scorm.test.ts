// The page of a SCORM package under scorm-again, which is what a course site's run time is: both ends are real, only the
// browser between them is not.
import { Scorm12API, Scorm2004API } from "scorm-again";
import { describe, expect, test } from "vitest";
import type { Course } from "./course";
import { elementAttributes } from "./html";
import { scorm12, scorm2004 } from "./standards/registry";
import { experimentCourse, lessonCourse, openPage } from "./testing";

const QUIET = 5;
type Kept = Record<string, string>;

/** A course site of each kind. `open` begins a session with what the one before left, or with what a teacher has set. */
const sites = {
  "SCORM 1.2": {
    standard: scorm12,
    passMark: { "cmi.student_data.mastery_score": "80" },
    open(kept: Kept = {}) {
      const api = new Scorm12API({ logLevel: QUIET });
      api.loadFromFlattenedJSON(kept, "");
      return { api, above: { API: api } };
    },
    resultOf({ "cmi.core.lesson_status": status, ...kept }: Kept) {
      const result = { raw: kept["cmi.core.score.raw"], max: kept["cmi.core.score.max"] };
      return { ...result, completed: status !== "incomplete", success: status };
    },
    inTime: { failed: "failed", passed: "passed", unknown: "incomplete" },
    timeOf: (kept: Kept) => kept["cmi.core.session_time"],
  },
  "SCORM 2004": {
    standard: scorm2004,
    passMark: { "cmi.scaled_passing_score": "0.8" },
    open(kept: Kept = {}) {
      const api = new Scorm2004API({ logLevel: QUIET });
      api.loadFromFlattenedJSON(kept, "");
      return { api, above: { API_1484_11: api } };
    },
    resultOf(kept: Kept) {
      const result = { raw: kept["cmi.score.raw"], max: kept["cmi.score.max"] };
      const completed = kept["cmi.completion_status"] === "completed";
      return { ...result, completed, success: kept["cmi.success_status"] };
    },
    inTime: { failed: "failed", passed: "passed", unknown: "unknown" },
    timeOf: (kept: Kept) => kept["cmi.session_time"],
  },
};

describe.each(Object.values(sites))(
  "under $standard.label",
  ({ standard, passMark, open, resultOf, inTime, timeOf }) => {
    async function begin(course: Course, kept?: Kept) {
      const { api, above } = open(kept);
      const page = await openPage({
        attributes: { ...elementAttributes(course), pass: String(course.pass) },
        data: standard.data(course),
        // The element itself is a browser's matter: the journeys have it.
        scripts: standard.scripts.filter((name) => name !== "embed.js"),
        above,
      });
      const keptNow = () => api.getFlattenedCMI() as Kept;
      return { ...page, api, kept: keptNow, result: () => resultOf(keptNow()) };
    }

    test("a page that was opened is begun, and nothing more", async () => {
      const { result, said, api } = await begin(experimentCourse);
      expect(api.isInitialized()).toBe(true);
      expect(result()).toMatchObject({ completed: false, raw: "", success: inTime.unknown });
      expect(said()).toBe("Results are recorded by your course.");
    });

    test("a run that reaches the mark is completed and passed, with the accuracy as its score", async () => {
      const { finish, result, said } = await begin(experimentCourse);
      finish(0.97525);
      expect(result()).toEqual({ completed: true, success: inTime.passed, raw: "97.53", max: "100" });
      expect(said()).toBe("Recorded: 97.53 %, passed.");
    });

    test("one below it is completed and failed, and a better one puts that right; a worse one changes nothing", async () => {
      const { finish, result, said } = await begin(experimentCourse);
      finish(0.9);
      expect(result()).toMatchObject({ completed: true, success: inTime.failed, raw: "90" });
      expect(said()).toBe("Recorded: 90 %, 95 % are needed.");
      finish(0.95);
      expect(result()).toMatchObject({ completed: true, success: inTime.passed, raw: "95" });
      finish(0.5);
      expect(result()).toMatchObject({ completed: true, success: inTime.passed, raw: "95" });
    });

    test("a run without a test accuracy records nothing", async () => {
      const { finish, result } = await begin(experimentCourse);
      finish(null);
      expect(result()).toMatchObject({ completed: false, raw: "" });
    });

    test("a lesson counts the checks of its steps, and is over with the last one; runs in it count nothing", async () => {
      const { progress, finish, result, said } = await begin(lessonCourse);
      progress([1, 2], [0, 1]);
      expect(result()).toMatchObject({ completed: false, success: inTime.unknown, raw: "33.33" });
      expect(said()).toBe("Recorded: 33.33 %, 100 % are needed.");
      finish(0.99);
      expect(result()).toMatchObject({ completed: false, raw: "33.33" });
      progress([2, 2], [1, 1]);
      expect(result()).toMatchObject({ completed: true, success: inTime.passed, raw: "100" });
    });

    test("a lesson is passed at its mark, before the last check", async () => {
      const { progress, result } = await begin({ ...lessonCourse, pass: 60 });
      progress([2, 2], [0, 1]);
      expect(result()).toMatchObject({ completed: true, success: inTime.passed, raw: "66.67" });
    });

    test("what was reached in an earlier session stays, on a device that knows nothing of it", async () => {
      const first = await begin(lessonCourse);
      first.progress([2, 2], [0, 3]);
      first.leave();
      const second = await begin(lessonCourse, first.kept());
      expect(second.said()).toBe("Recorded so far: 40 %, 100 % are needed.");
      second.progress([0, 2], [0, 3]);
      expect(second.result()).toMatchObject({ completed: false, raw: "40" });
      second.progress([0, 2], [3, 3]);
      expect(second.result()).toMatchObject({ completed: true, success: inTime.passed, raw: "100" });
    });

    test("opening a passed course again takes nothing away", async () => {
      const first = await begin(experimentCourse);
      first.finish(0.98);
      first.leave();
      const second = await begin(experimentCourse, first.kept());
      expect(second.said()).toBe("Recorded so far: 98 %, passed.");
      expect(second.result()).toMatchObject({ completed: true, success: inTime.passed, raw: "98" });
    });

    test("what a course site kept of something else is not read as a result", async () => {
      for (const text of ["", "bookmark=3", "null", '{"percent":"97"}']) {
        const { result } = await begin(experimentCourse, { "cmi.suspend_data": text });
        expect(result()).toMatchObject({ completed: false, raw: "" });
      }
    });

    test("the mark that a teacher has set in the course site goes before the package's", async () => {
      const { finish, result, said } = await begin(experimentCourse, passMark);
      finish(0.75);
      expect(result()).toMatchObject({ success: inTime.failed });
      expect(said()).toBe("Recorded: 75 %, 80 % are needed.");
      finish(0.85);
      expect(result()).toMatchObject({ success: inTime.passed });
    });

    test("leaving ends the session, says how long it was, and asks for it to be resumed", async () => {
      const { leave, api, kept, finish } = await begin(experimentCourse);
      leave();
      expect(api.isTerminated()).toBe(true);
      expect(timeOf(kept())).toMatch(/^(?:\d{2,4}:00:00(\.\d+)?|PT0S)$/);
      expect(kept()).toMatchObject({ [standard === scorm12 ? "cmi.core.exit" : "cmi.exit"]: "suspend" });
      // Nothing is told to a session that is over.
      finish(0.99);
      leave();
      expect(api.lmsGetLastError()).toBe("0");
    });

    test("a course site that does not take a result is told it again with the next one", async () => {
      const { finish, api, said, result } = await begin(experimentCourse);
      const name = standard === scorm12 ? "LMSCommit" : "Commit";
      const works = api[name as "lmsCommit"];
      Object.assign(api, { [name]: () => "false" });
      finish(0.96);
      expect(said()).toMatch(/^The course site did not take the result \(/);
      Object.assign(api, { [name]: works });
      finish(0.9);
      expect(result()).toMatchObject({ success: inTime.passed, raw: "96" });
      expect(said()).toBe("Recorded: 96 %, passed.");
    });
  },
);

test("the site is found above windows of other origins, and in the window that opened the page", async () => {
  const { api } = sites["SCORM 1.2"].open();
  const locked = new Proxy(
    {},
    {
      get(_, name) {
        if (name === "parent") return { API: api };
        throw new DOMException("Blocked a frame", "SecurityError");
      },
    },
  );
  const options = {
    attributes: { experiment: "1~", pass: "95" },
    data: { scorm: "1.2" },
    scripts: ["course-scorm.js"],
  };
  const nested = await openPage({ ...options, own: { parent: locked } });
  expect(nested.said()).toBe("Results are recorded by your course.");
  const { api: opener } = sites["SCORM 1.2"].open();
  const opened = await openPage({ ...options, own: { opener: { API: opener } } });
  expect(opened.said()).toBe("Results are recorded by your course.");
});

test("without a course site the page says that nothing is recorded, and the playground works all the same", async () => {
  const page = await openPage({
    attributes: { experiment: "1~", pass: "95" },
    data: { scorm: "1.2" },
    scripts: ["course-scorm.js"],
  });
  expect(page.said()).toBe("No course site answers this page: nothing is recorded.");
  page.finish(0.97);
  page.leave();
});
