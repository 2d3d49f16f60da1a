// In a SCORM package, 1.2 or 2004: tells the course site what the playground on this page tells. The best result counts:
// a worse run later takes nothing away, and what was reached in an earlier session or on another device stays.
(() => {
  const playground = document.querySelector("descent-playground");
  const says = document.querySelector("[role=status]");
  const since = Date.now();
  const round = (number) => Math.round(100 * number) / 100;

  const standards = {
    1.2: {
      api: "API",
      prefix: "LMS",
      end: "Finish",
      saved: "cmi.suspend_data",
      passMark: "cmi.student_data.mastery_score",
      percentOf: Number,
      valuesOf: ({ percent, isOver, isPassed }, pass) => ({
        ...(percent !== null && {
          "cmi.core.score.min": 0,
          "cmi.core.score.max": 100,
          "cmi.core.score.raw": percent,
        }),
        "cmi.core.lesson_status": !isOver
          ? "incomplete"
          : pass === null
            ? "completed"
            : isPassed
              ? "passed"
              : "failed",
      }),
      leaving: () => ({ "cmi.core.session_time": clock(Date.now() - since), "cmi.core.exit": "suspend" }),
    },
    2004: {
      api: "API_1484_11",
      prefix: "",
      end: "Terminate",
      saved: "cmi.suspend_data",
      passMark: "cmi.scaled_passing_score",
      percentOf: (scaled) => 100 * Number(scaled),
      valuesOf: ({ percent, isOver, isPassed }, pass) => ({
        ...(percent !== null && {
          "cmi.score.min": 0,
          "cmi.score.max": 100,
          "cmi.score.raw": percent,
          "cmi.score.scaled": Math.round(100 * percent) / 1e4,
        }),
        "cmi.progress_measure": isOver ? 1 : (percent ?? 0) / 100,
        "cmi.completion_status": isOver ? "completed" : "incomplete",
        ...(isOver && pass !== null && { "cmi.success_status": isPassed ? "passed" : "failed" }),
      }),
      leaving: () => ({
        "cmi.session_time": `PT${Math.round((Date.now() - since) / 1000)}S`,
        "cmi.exit": "suspend",
      }),
    },
  };
  const standard = standards[document.documentElement.dataset.scorm];

  /** 3725400 ms -> "0001:02:05.40" */
  function clock(ms) {
    const two = (number) => String(number).padStart(2, "0");
    const hundredths = Math.round(ms / 10);
    const [hours, minutes] = [Math.floor(hundredths / 360_000), Math.floor(hundredths / 6000) % 60];
    return `${String(hours).padStart(4, "0")}:${two(minutes)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
  }

  /** The course site's API: in a window above this one, or above the one that opened it. */
  function find(from) {
    for (let at = from, depth = 0; at && depth < 500; at = at.parent, depth++) {
      try {
        if (at[standard.api]) return at[standard.api];
      } catch {
        // A window of another origin: the next one up may be ours again.
      }
      if (at.parent === at) break;
    }
    return null;
  }

  const api = find(window) ?? find(window.opener) ?? find(window.top.opener);
  const call = (name, ...values) => api[standard.prefix + name](...values);
  const isYes = (answer) => String(answer) === "true";
  if (api === null || !isYes(call("Initialize", ""))) {
    says.textContent = "No course site answers this page: nothing is recorded.";
    return;
  }

  let isOpen = true;
  /** The best so far. `steps` holds how many checks of each step were passed. */
  const best = { percent: null, isOver: false, isPassed: false, steps: {}, ...readSaved() };
  const pass = readPassMark();

  function readSaved() {
    try {
      const { percent, isOver, isPassed, steps } = JSON.parse(call("GetValue", standard.saved));
      return Number.isFinite(percent) ? { percent, isOver, isPassed, steps: { ...steps } } : {};
    } catch {
      return {};
    }
  }

  /** In percent. A teacher may have set another one in the course site; null where there is none. */
  function readPassMark() {
    const theirs = String(call("GetValue", standard.passMark) ?? "");
    const own = playground.getAttribute("pass");
    if (theirs !== "" && Number.isFinite(Number(theirs))) return standard.percentOf(theirs);
    return own === null ? null : Number(own);
  }

  function write(values) {
    return Object.entries(values).every(([name, value]) => isYes(call("SetValue", name, String(value))));
  }

  function record() {
    const values = { ...standard.valuesOf(best, pass), [standard.saved]: JSON.stringify(best) };
    const isTaken = write(values) && isYes(call("Commit", ""));
    says.textContent = isTaken ? sentence("Recorded") : complaint();
  }

  function complaint() {
    const code = call("GetLastError");
    return `The course site did not take the result (${code}: ${call("GetErrorString", code)}). It is told again with the next one.`;
  }

  function sentence(begin) {
    if (best.percent === null) return "Results are recorded by your course.";
    if (pass === null) return `${begin}: ${best.percent} %.`;
    return `${begin}: ${best.percent} %, ${best.isPassed ? "passed" : `${round(pass)} % are needed`}.`;
  }

  playground.addEventListener("descent-done", ({ detail: { testAccuracy } }) => {
    // Within a lesson its checks count, not each run.
    if (!isOpen || playground.getAttribute("lesson") || !Number.isFinite(testAccuracy)) return;
    best.percent = Math.max(best.percent ?? 0, round(100 * testAccuracy));
    best.isOver = true;
    best.isPassed = pass !== null && best.percent >= pass;
    record();
  });

  playground.addEventListener("descent-lesson", ({ detail: { steps } }) => {
    if (!isOpen) return;
    for (const { id, passed } of steps) best.steps[id] = Math.max(best.steps[id] ?? 0, passed);
    const all = steps.reduce((sum, { total }) => sum + total, 0);
    const done = steps.reduce((sum, { id, total }) => sum + Math.min(best.steps[id], total), 0);
    if (all === 0) return;
    best.percent = Math.max(best.percent ?? 0, round((100 * done) / all));
    best.isPassed = best.percent >= (pass ?? 100);
    best.isOver = best.isPassed;
    record();
  });

  addEventListener("pagehide", () => {
    if (!isOpen) return;
    write(standard.leaving());
    call("Commit", "");
    call(standard.end, "");
    isOpen = false;
  });
  // What has been left and is shown again begins anew: the course site has closed its record.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

  // So that the course site knows it was begun; what was reached before is left as it is.
  if (best.percent === null) record();
  else says.textContent = sentence("Recorded so far");
})();
