// <descent-playground experiment="…"> or lesson="…": a playground in a frame, for other people's pages. What it tells
// comes as DOM events (descent-epoch, …); what it is told goes through its methods. The page /embed writes the HTML.
// By hand and without a build, so that anybody can read what they put into their pages.
(() => {
  const tag = "descent-playground";
  if (customElements.get(tag)) return;
  const home = (document.currentScript ?? document.querySelector("script[src$='/embed.js']")).src;
  const isNumber = Number.isFinite;

  /** What each kind of message must have; one that does not fit is not passed on. */
  const fits = {
    __proto__: null,
    ready: (m) => m.experiment.version,
    state: (m) => /^(idle|loading|training|paused|done|failed)$/.test(m.state),
    waiting: (m) => isNumber(m.position),
    epoch: (m) => isNumber(m.epoch),
    done: (m) => Array.isArray(m.history),
    error: (m) => m.message,
    resize: (m) => m.height > 0 && m.height < 30000,
    lesson: (m) => m.steps.every((step) => isNumber(step.passed) && isNumber(step.total)),
  };

  function isFit(message) {
    try {
      return message.source === "descent" && message.version === 1 && Boolean(fits[message.type](message));
    } catch {
      return false;
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) target.show();
    },
    { rootMargin: "600px" },
  );

  class Playground extends HTMLElement {
    static observedAttributes = ["server", "experiment", "lesson", "lock", "theme", "steps", "height"];

    /** @param experiment as JSON, or as the code of its link */
    load(experiment) {
      this.send("load", { experiment });
    }
    /** @param fields of the form that stay as they are: ["layers", "optimizer"] */
    lockFields(fields) {
      this.send("lock", { fields });
    }

    text(name) {
      return this.getAttribute(name) ?? "";
    }

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      // Room that the page has reserved is kept, so that nothing moves when the frame comes.
      this.style.display ||= "block";
      this.style.height ||= `${Number.parseInt(this.text("height"), 10) || 600}px`;
      addEventListener("message", this);
      this.begin();
    }

    disconnectedCallback() {
      removeEventListener("message", this);
      this.end();
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || !this.shadowRoot || before === now) return;
      if (name === "lock" && this.frame) this.lockFields(this.text("lock").split(",").filter(Boolean));
      else this.begin();
    }

    begin() {
      this.end();
      Object.assign(this, { queue: [], listens: false, isLive: false });
      near.observe(this);
    }

    end() {
      near.unobserve(this);
      this.frame?.remove();
      this.frame = null;
    }

    /** Makes the frame. Scrolling near it does, and so does the first thing that it is told. */
    show() {
      if (this.frame || !this.isConnected) return;
      near.unobserve(this);
      this.origin = new URL(this.text("server") || home, home).origin;
      const lesson = this.text("lesson");
      // A link is as good as the code in it.
      const code = this.text("experiment")
        .replace(/\/?([?#].*)?$/, "")
        .split("/")
        .pop();
      if (!lesson && !code) return;
      // Who we are, for browsers that do not tell a frame.
      const query = new URLSearchParams({ host: location.origin });
      for (const name of ["lock", "theme", "steps"]) if (this.text(name)) query.set(name, this.text(name));
      if (this.text("height") === "auto") query.set("height", "auto");
      const frame = document.createElement("iframe");
      frame.src = `${this.origin}/embed/${lesson ? `lesson/${lesson}` : code}?${query}`;
      frame.title = this.text("title") || "Descent";
      frame.allow = "fullscreen; clipboard-write; screen-wake-lock";
      frame.style = "border:0;display:block;width:100%;height:100%";
      this.frame = frame;
      this.shadowRoot.append(frame);
    }

    /** Tells the playground something, now or as soon as it listens. */
    send(type, more) {
      this.queue.push({ source: "descent", version: 1, type, ...more });
      this.show();
      this.flush();
    }

    flush() {
      while (this.listens && this.queue.length > 0) {
        const message = this.queue.shift();
        this.frame.contentWindow.postMessage(message, this.origin);
        // A still page goes away after these; the next one is told what comes after them.
        if (!this.isLive && /^(train|load)$/.test(message.type)) this.listens = false;
      }
    }

    handleEvent({ source, origin, data }) {
      if (source !== this.frame?.contentWindow || origin !== this.origin || !isFit(data)) return;
      const { type, state } = data;
      if (/^(epoch|waiting)$/.test(type) || /^(training|paused|done|failed)$/.test(state)) this.isLive = true;
      if (this.isLive || /^(ready|error)$/.test(type)) this.listens = true;
      else if (state === "loading") this.listens = false;
      // Only ever taller: what stands below must not jump up and down.
      if (type === "resize" && this.text("height") === "auto")
        this.style.height = `${Math.max(data.height, this.clientHeight)}px`;
      this.dispatchEvent(new CustomEvent(`descent-${type}`, { bubbles: true, detail: data }));
      this.flush();
    }
  }

  for (const type of ["train", "pause", "resume", "stop", "reset"])
    Playground.prototype[type] = function () {
      this.send(type);
    };

  customElements.define(tag, Playground);
})();
