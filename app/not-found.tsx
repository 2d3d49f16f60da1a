import type { Metadata } from "next";
import Link from "next/link";
import { Notice } from "./_ui/notice";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <Notice title="There is no page at this address">
      <p>The link may be old, or a letter of it may be missing.</p>
      <Link href="/" className="text-train underline underline-offset-4">
        Go to the playground
      </Link>
    </Notice>
  );
}
