"use client";
// The last net: something that nobody expected broke the page itself.
import { useEffect } from "react";
import { Button } from "./_ui/button";
import { Notice } from "./_ui/notice";

export default function ErrorPage({ error, retry }: { error: Error; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Notice title="The page broke">
      <p>{error.message || "The browser gave no reason."}</p>
      <p>Draw the page again; what was trained is lost, the experiment is not.</p>
      <Button filled onClick={retry}>
        Try again
      </Button>
    </Notice>
  );
}
