"use client";
// The page of an address, drawn without the server: a shared experiment from its code, a capsule with its network; for the
// rest it says what needs the network and what does not.
import { useEffect, useState } from "react";
import { Playground } from "@/app/_playground/playground";
import { Notice } from "@/app/_ui/notice";
import { UnreadableCode } from "@/app/x/unreadable-code";
import { titleOf } from "@/lib/spec/describe";
import { whatIsAt } from "./address";

export function Shell() {
  // The address is known in the browser alone: the first drawing is the server's, and empty.
  const [shown, setShown] = useState<ReturnType<typeof whatIsAt> | null>(null);
  useEffect(() => {
    const there = whatIsAt(location.pathname + location.search);
    if (there.page === "experiment") document.title = `${titleOf(there.opening.spec)} · Descent`;
    setShown(there);
  }, []);
  if (shown === null) return null;
  if (shown.page === "experiment") return <Playground opening={shown.opening} />;
  if (shown.page === "unreadable") return <UnreadableCode code={shown.code} />;
  return <NeedsNetwork isRun={shown.page === "run"} />;
}

const links = [
  { href: "/", label: "The playground" },
  { href: "/lessons", label: "The lessons" },
];

function NeedsNetwork({ isRun }: { isRun: boolean }) {
  return (
    <Notice title={isRun ? "This run is not on this device" : "This page is not on this device"}>
      <p>
        {isRun
          ? "Published runs are kept by the server, and it cannot be reached now."
          : "It comes from the server, which cannot be reached now."}{" "}
        Connect to the network, then reload the page. What works without it:
      </p>
      <ul>
        {links.map(({ href, label }) => (
          <li key={href}>
            <a href={href} className="tap inline-flex items-center text-train underline underline-offset-4">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
