// What most people came for: the experiment's link, as text, as a picture, and by the phone's own ways of sharing.
import { Share2 } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/app/_ui/button";
import { formatPlural } from "@/app/_ui/format";
import { experimentLink } from "@/lib/share/links";
import { useForkedFrom, useSpec } from "../use-stores";
import { CopyField } from "./copy-field";
import { QrSquare } from "./qr-code";
import { TitleField } from "./title-field";

/** Closing the phone's list of apps again is no failure. */
const shareLink = (title: string, url: string) => navigator.share({ title, url }).catch(() => {});

export function LinkSection({ button }: { button: Ref<HTMLButtonElement> }) {
  const spec = useSpec();
  const forkedFrom = useForkedFrom();
  const link = experimentLink(location.origin, spec, forkedFrom);
  const title = spec.title === "" ? "Descent" : spec.title;
  return (
    <div className="grid gap-x-6 gap-y-4 pb-5 sm:grid-cols-[minmax(0,1fr)_9.5rem]">
      <div className="space-y-4">
        <CopyField
          label="Link"
          text={link}
          action="Copy link"
          rows={3}
          filled
          button={button}
          actions={
            "share" in navigator && (
              <Button className="h-11 bg-raised" onClick={() => void shareLink(title, link)}>
                <Share2 className="size-4" aria-hidden="true" />
                Share with …
              </Button>
            )
          }
        >
          <p className="mt-2 text-mini text-soft">
            {formatPlural(link.length, "character")}. The whole experiment is in the link; nothing is stored
            anywhere.
          </p>
        </CopyField>
        <TitleField key={spec.title} title={spec.title} />
      </div>
      <div className="mx-auto w-44 sm:w-full">
        <QrSquare link={link} />
      </div>
    </div>
  );
}
