// What kind of device this is, as far as a page can tell: said beside a published run, so that times can be compared.
import type { DeviceClass } from "../metrics/run-record";

/** Shorter side of a screen, in CSS pixels, from which a device that is touched is a tablet. */
const TABLET_FROM = 600;

/** By what points at it and how large it is; never by its name. */
export function deviceClass(): DeviceClass {
  if (!matchMedia("(pointer: coarse)").matches) return "computer";
  return Math.min(screen.width, screen.height) < TABLET_FROM ? "phone" : "tablet";
}
