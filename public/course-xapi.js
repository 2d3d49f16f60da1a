// In a Tin Can package: sends the statements of the playground on this page to the record store that the launch address
// names (endpoint, auth, actor, registration, activity_id). Each has an id, so that sending it again changes nothing.
(() => {
  const says = document.querySelector("[role=status]");
  const playground = document.querySelector("descent-playground");
  const launch = new URLSearchParams(location.search);
  const endpoint = launch.get("endpoint")?.replace(/\/?$/, "/");
  const activity = launch.get("activity_id") ?? document.documentElement.dataset.activity;
  const actor = readActor();
  const RETRY_MS = 20_000;

  /** Older launchers write every value of an actor as a list, and accounts by other names. */
  function readActor() {
    try {
      const only = (value) => (Array.isArray(value) ? value[0] : value);
      const given = JSON.parse(launch.get("actor"));
      const read = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, only(value)]));
      const { accountServiceHomePage, accountName } = read.account ?? {};
      if (accountName) read.account = { homePage: accountServiceHomePage, name: accountName };
      return { ...read, objectType: "Agent" };
    } catch {
      return null;
    }
  }

  if (!endpoint || actor === null) {
    says.textContent = "No record store is named in this page's address: nothing is recorded.";
    return;
  }

  /** Not sent yet, the oldest first. */
  const waiting = [];
  let isSending = false;
  let last = null;

  /** A random UUID; crypto.randomUUID is for pages with HTTPS alone. */
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  const put = (statement) =>
    fetch(`${endpoint}statements?statementId=${statement.id}`, {
      method: "PUT",
      keepalive: true,
      headers: {
        ...(launch.get("auth") && { Authorization: launch.get("auth") }),
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
      },
      body: JSON.stringify(statement),
    });

  function record({ verb, object, result, timestamp }) {
    const registration = launch.get("registration");
    waiting.push({
      id: uuid(),
      actor,
      verb,
      object: { ...object, id: activity },
      ...(result && { result }),
      context: {
        ...(registration && { registration }),
        // What the activity shows, wherever it was launched from.
        ...(object.id !== activity && {
          contextActivities: { other: [{ objectType: "Activity", id: object.id }] },
        }),
      },
      timestamp,
    });
    void send();
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    try {
      while (waiting.length > 0) {
        const [statement] = waiting;
        const answer = await put(statement);
        // A statement that is there already was sent before, and only the answer was lost. One that is refused for what it
        // says would be refused for ever, and hold up the others.
        if (!answer.ok && ![400, 409].includes(answer.status))
          throw new Error(`it answered ${answer.status}`);
        waiting.shift();
        last = statement.result ?? last;
      }
      says.textContent = sentence();
    } catch (error) {
      says.textContent = `The record store did not take the result (${error.message}). It is sent again.`;
      setTimeout(send, RETRY_MS);
    } finally {
      isSending = false;
    }
  }

  function sentence() {
    if (last === null) return "Results are recorded by your course.";
    const { score, success } = last;
    const pass = playground.getAttribute("pass");
    if (success === undefined) return `Recorded: ${score.raw} %.`;
    return `Recorded: ${score.raw} %, ${success ? "passed" : `${pass} % are needed`}.`;
  }

  /** What happens to the page itself. */
  const note = (verb) =>
    record({
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } },
      object: { objectType: "Activity", id: activity },
      timestamp: new Date().toISOString(),
    });

  addEventListener("online", () => void send());
  addEventListener("pagehide", () => {
    note("terminated");
    // There is no time left to wait for one answer after the other.
    for (const statement of waiting) put(statement).catch(() => {});
  });
  document.addEventListener("descent-statement", ({ detail }) => record(detail));
  note("initialized");
})();
