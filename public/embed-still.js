// The still picture in a frame: what wakes it, and what it says to the page around until the playground is there. What this
// hears and says is a part of lib/embed/messages.ts, which is too large for a page that may hold many of these.
(() => {
  const data = JSON.parse(document.getElementById("embed").textContent);
  const button = document.getElementById("open");
  const query = new URLSearchParams(location.search);
  const host = window.parent === window ? null : window.parent;
  let origin = originOf();
  let leaving = false;
  let line = Promise.resolve();
  const unsent = [];

  /** As hostOrigin in lib/embed/port.ts has it. */
  function originOf() {
    const [parent] = Array.from(location.ancestorOrigins ?? []);
    return (
      parent ??
      plainOrigin(query.get("host")) ??
      (document.referrer && new URL(document.referrer).origin) ??
      null
    );
  }

  function plainOrigin(text) {
    try {
      return text !== null && new URL(text).origin === text ? text : null;
    } catch {
      return null;
    }
  }

  function send(message) {
    if (host === null) return;
    if (!origin) unsent.push(message);
    else host.postMessage({ source: "descent", version: 1, ...message }, origin === "null" ? "*" : origin);
  }

  /** The playground takes this one's place, in the same entry of the history. */
  function open(begin) {
    if (leaving) return;
    leaving = true;
    button.setAttribute("aria-busy", "true");
    button.lastElementChild.textContent = "Loading the playground";
    if (begin) {
      query.set("begin", "train");
      send({ type: "state", state: "loading" });
    }
    go(data.live);
  }

  function go(path) {
    if (plainOrigin(origin)) query.set("host", origin);
    location.replace(`${path}?${query}${location.hash}`);
  }

  /** The server reads the experiment: what would read it here is not small. */
  async function load(experiment) {
    if (!data.loads)
      return send({
        type: "error",
        code: "invalid",
        message: "A lesson brings its own experiments until it is open.",
      });
    try {
      const body = JSON.stringify({ experiment });
      const answer = await fetch("/api/embed", { method: "POST", body });
      const { code, error } = await answer.json();
      if (error) return send({ type: "error", code: error.code, message: error.message });
      data.live = `/embed/${code}/live`;
      go(`/embed/${code}`);
    } catch {
      send({
        type: "error",
        code: "network",
        message: "The experiment could not be read: try again when online.",
      });
    }
  }

  const isList = (fields) => Array.isArray(fields) && fields.every((field) => data.lockable.includes(field));

  const actions = {
    train: () => open(true),
    load: ({ experiment }) => load(experiment),
    lock({ fields }) {
      if (isList(fields)) query.set("lock", fields.join(","));
    },
  };

  addEventListener("message", ({ source, origin: from, data: message }) => {
    if (host === null || source !== host || (origin && from !== origin)) return;
    if (message?.source !== "descent" || message.version !== 1 || !Object.hasOwn(actions, message.type))
      return;
    if (!origin) {
      origin = from;
      for (const waiting of unsent.splice(0)) send(waiting);
    }
    // One after the other: what is trained is what was loaded before.
    line = line.then(() => actions[message.type](message));
  });
  button.addEventListener("click", () => open(false));
  // Back, after the playground: the browser may show this page as it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

  send({ type: "ready", experiment: data.experiment });
  send({ type: "state", state: "idle" });
  if (data.autoHeight)
    new ResizeObserver(() =>
      send({ type: "resize", height: Math.ceil(document.body.getBoundingClientRect().height) }),
    ).observe(document.body);
})();
