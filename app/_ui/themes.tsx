"use client";
// Colours by system or choice, set by a script within the page before anything is seen.
import { HeadManagerContext } from "next/dist/shared/lib/head-manager-context.shared-runtime";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useContext } from "react";

export function Themes({ children }: { children: ReactNode }) {
  // The answer's nonce, as Next gives it to its own scripts. Asking for the headers instead would have every page drawn
  // for each visit; those that are not have none, and their policy knows the script by its hash.
  const { nonce } = useContext(HeadManagerContext);
  return (
    // The tokens bring the colour scheme with them.
    <ThemeProvider attribute="data-theme" enableColorScheme={false} disableTransitionOnChange nonce={nonce}>
      {children}
    </ThemeProvider>
  );
}
