// The line to the page around: messages go to the window that framed this one and to nobody else, and only that window's
// are heard.
import { type EmbedMessage, type HostMessage, mark, readHostMessage } from "./messages";

export interface Port {
  send(message: EmbedMessage): void;
  /** @returns ends the listening */
  listen(hear: (message: HostMessage) => void): () => void;
}

/** What this needs of a window. */
export interface OwnWindow {
  readonly parent: Pick<Window, "postMessage">;
  readonly location: { readonly origin: string; readonly ancestorOrigins?: ArrayLike<string> };
  readonly document: { readonly referrer: string };
  addEventListener(type: "message", hear: (event: MessageEvent) => void): void;
  removeEventListener(type: "message", hear: (event: MessageEvent) => void): void;
}

/** What pages without an origin of their own have in its place, such as files and sandboxed frames. */
const OPAQUE = "null";

/** More than anything says before it is first spoken to. */
const MOST_UNSENT = 100;

/**
 * Who frames this window, where that is known: said by the browser, else by the address, else by where the frame's
 * address was found. After the still picture that is the still picture itself, which says nothing.
 * @param named of the address's `?host=`
 */
export function hostOrigin({ location, document }: OwnWindow, named: string | null): string | null {
  const [parent] = Array.from(location.ancestorOrigins ?? []);
  if (parent !== undefined) return parent;
  if (named !== null) return named;
  const referrer = URL.canParse(document.referrer) ? new URL(document.referrer).origin : null;
  return referrer === location.origin ? null : referrer;
}

/**
 * Null where nothing frames this window. Where nobody says who frames it, the first message that means something does,
 * and what is to be said waits for it.
 */
export function openPort(own: OwnWindow, named: string | null): Port | null {
  const host = own.parent;
  if ((host as unknown) === own) return null;
  let origin = hostOrigin(own, named);
  const unsent: EmbedMessage[] = [];

  function send(message: EmbedMessage): void {
    // A page without an origin cannot be named; the window is the right one all the same.
    if (origin !== null) host.postMessage({ ...mark, ...message }, origin === OPAQUE ? "*" : origin);
    else if (unsent.length < MOST_UNSENT) unsent.push(message);
  }

  function listen(hear: (message: HostMessage) => void): () => void {
    const receive = (event: MessageEvent) => {
      if (event.source !== host || (origin !== null && event.origin !== origin)) return;
      const message = readHostMessage(event.data);
      if (message === null) return;
      if (origin === null) {
        origin = event.origin;
        for (const waiting of unsent.splice(0)) send(waiting);
      }
      hear(message);
    };
    own.addEventListener("message", receive);
    return () => own.removeEventListener("message", receive);
  }

  return { send, listen };
}
