// The public boards. The page is the same for everybody: which board it shows is read from the address in the browser.
import type { Metadata } from "next";
import { Suspense } from "react";
import { Header } from "@/app/_ui/header";
import { ThemeMenu } from "@/app/_ui/theme-menu";
import { LeaderboardLater } from "./_board/leaderboard-later";
import { LeaderboardOutline } from "./_board/outline";

const description =
  "Networks that this server measured itself on images that nobody has seen, and trained again to prove them.";

export const metadata: Metadata = { title: "Leaderboard", description };

export default function Page() {
  return (
    <>
      <Header home="/">
        <ThemeMenu />
      </Header>
      <main className="mx-auto max-w-[96rem] px-4 pt-6 pb-16 lg:px-7 lg:pt-8">
        <h1 className="font-semibold text-xl">Leaderboard</h1>
        <p className="mt-1 mb-2 max-w-[36rem] text-soft">{description}</p>
        <Suspense fallback={<LeaderboardOutline />}>
          <LeaderboardLater />
        </Suspense>
      </main>
    </>
  );
}
