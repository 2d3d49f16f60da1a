// What the service worker answers with where only the server could draw a page and there is no network. It is the same for
// every address, and draws in the browser what the address says.
import type { Metadata } from "next";
import { Shell } from "./shell";

export const metadata: Metadata = { title: "Offline", robots: { index: false } };

export default function Page() {
  return <Shell />;
}
