"use client";
// A link that says no experiment: what is wrong with it, and where to go on.
import { useParams } from "next/navigation";
import { Notice } from "@/app/_ui/notice";
import { whyNotShared } from "./shared";

/** @param code as it stands in the path; left out where the page's own path has it */
export function UnreadableCode({ code: given }: { code?: string }) {
  const params = useParams<{ code?: string }>();
  const code = given ?? params.code;
  const reason = code === undefined ? null : whyNotShared(code);
  return (
    <Notice title="This link leads to no experiment">
      <p className="max-w-full break-words">
        {reason ?? "The code in the link cannot be read; it must be all that follows /x/."}
      </p>
      <p>It may be cut short, or a letter of it may be missing: copy it again, whole.</p>
      <a href="/" className="tap inline-flex items-center text-train underline underline-offset-4">
        Go to the playground
      </a>
    </Notice>
  );
}
