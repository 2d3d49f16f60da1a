// Beside embed.js, for hosts with a record store: each <descent-playground> also fires descent-statement, whose detail is
// an xAPI statement that lacks nothing but its actor. With the attribute pass="95" it says whether that was reached.
(() => {
  const base = "http://adlnet.gov/expapi";
  /** What is known of each playground: its experiment's title, and how many checks were passed when it last told. */
  const known = new WeakMap();
  const knownOf = (playground) => known.get(playground) ?? { title: "", checks: 0 };

  /** The page of what is shown; the part of a lesson that has been chosen is something of its own. */
  function activityOf(playground) {
    const { origin, pathname, searchParams } = new URL(playground.frame.src);
    const steps = searchParams.get("steps");
    const path = pathname.replace("/embed/lesson/", "/lessons/").replace("/embed/", "/x/");
    const isLesson = path.startsWith("/lessons/");
    const name = playground.getAttribute("title") || knownOf(playground).title || path;
    return {
      objectType: "Activity",
      id: origin + path + (isLesson && steps ? `?steps=${steps}` : ""),
      definition: { type: `${base}/activities/${isLesson ? "lesson" : "simulation"}`, name: { en: name } },
    };
  }

  /**
   * @param percent what was reached, 0 to 100
   * @param isOver whether this ends the activity, well or not
   */
  function tell(playground, percent, isOver) {
    const pass = playground.getAttribute("pass");
    const raw = Math.round(100 * percent) / 100;
    const success = raw >= Number(pass ?? 0);
    const verb = !isOver ? "progressed" : pass === null ? "completed" : success ? "passed" : "failed";
    const statement = {
      verb: { id: `${base}/verbs/${verb}`, display: { en: verb } },
      object: activityOf(playground),
      result: {
        completion: isOver,
        ...(isOver && pass !== null && { success }),
        score: { scaled: Math.round(100 * raw) / 1e4, raw, min: 0, max: 100 },
      },
      timestamp: new Date().toISOString(),
    };
    const event = new CustomEvent("descent-statement", { bubbles: true, detail: statement });
    playground.dispatchEvent(event);
  }

  document.addEventListener("descent-ready", ({ target, detail }) => {
    known.set(target, { ...knownOf(target), title: detail.experiment.title });
  });

  document.addEventListener("descent-done", ({ target, detail }) => {
    // Within a lesson its checks count, not each run. Where the test images stay locked there is nothing to tell.
    if (target.getAttribute("lesson") || !Number.isFinite(detail.testAccuracy)) return;
    tell(target, 100 * detail.testAccuracy, true);
  });

  document.addEventListener("descent-lesson", ({ target, detail }) => {
    const sum = (count) => detail.steps.reduce((all, step) => all + step[count], 0);
    const checks = sum("passed");
    if (checks === knownOf(target).checks) return;
    known.set(target, { ...knownOf(target), checks });
    const percent = (100 * checks) / sum("total");
    tell(target, percent, percent >= Number(target.getAttribute("pass") ?? 100));
  });
})();
