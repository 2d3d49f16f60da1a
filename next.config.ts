import { resolve } from "node:path";
import type { NextConfig } from "next";
import { unfinishedPolicy } from "./lib/security/policy";

/** Sent with every page and asset. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  // The screen may be kept awake; a page that trains needs nothing else of a device.
  {
    key: "Permissions-Policy",
    value:
      "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), usb=(), xr-spatial-tracking=(), fullscreen=(self), screen-wake-lock=(self)",
  },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  // Browsers heed it over https alone: a server of one's own goes on with plain http.
  { key: "Strict-Transport-Security", value: "max-age=63072000" },
];

/** Only /embed/* may be shown in other pages' frames; the proxy says in whose. */
const unframed = [{ key: "X-Frame-Options", value: "DENY" }];

/** `npm run build` puts the real ones in its place, which know the scripts in each page: see scripts/policies.ts. */
const unfinished = [{ key: "Content-Security-Policy", value: unfinishedPolicy }];

/** What other sites show: frames, the script that makes them, pictures of links. */
const shared = [{ key: "Cross-Origin-Resource-Policy", value: "cross-origin" }];

/** These pages name the server as their caller did: they are for that caller alone. */
const own = [{ key: "Cache-Control", value: "private, no-cache" }];

/** A service worker that came from a cache would keep a former version alive. */
const fresh = [{ key: "Cache-Control", value: "no-cache" }];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // `npm test` has just had them checked, which takes as long as all else that a build does.
  typescript: { ignoreBuildErrors: process.env.TYPES_HOLD === "1" },
  // The Blob SDK calls its API with a trailing slash, which Next would answer with a redirect.
  skipTrailingSlashRedirect: true,
  // Titles and pictures of shared experiments stand in the page's head for everybody, whoever asks.
  htmlLimitedBots: /./,
  // Where a host builds with an adapter of its own, ours hands it the pages' policies: theirs is done before `next build` ends.
  ...(process.env.NEXT_ADAPTER_PATH && { adapterPath: resolve("scripts/policy-adapter.mjs") }),
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/:path((?!embed/.).*)", headers: unframed },
    { source: "/:path((?!embed/.).*)", headers: unfinished },
    { source: "/embed/:path+", headers: [...shared, ...own] },
    { source: "/embed.js", headers: shared },
    { source: "/embed-xapi.js", headers: shared },
    { source: "/api/og/:path*", headers: shared },
    { source: "/x/:path*", headers: own },
    { source: "/r/:path*", headers: own },
    { source: "/sw.js", headers: fresh },
  ],
};

export default config;
