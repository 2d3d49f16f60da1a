import type { NextConfig } from "next";

/** Sent with every page and asset. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

/** Only /embed/* may be shown in other pages' frames, in anybody's. */
const unframed = [
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'" },
];
const framed = [{ key: "Content-Security-Policy", value: "frame-ancestors *" }];

/** These pages name the server as their caller did: they are for that caller alone. */
const own = [{ key: "Cache-Control", value: "private, no-cache" }];

/** A service worker that came from a cache would keep a former version alive. */
const fresh = [{ key: "Cache-Control", value: "no-cache" }];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // The Blob SDK calls its API with a trailing slash, which Next would answer with a redirect.
  skipTrailingSlashRedirect: true,
  // Titles and pictures of shared experiments stand in the page's head for everybody, whoever asks.
  htmlLimitedBots: /./,
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/:path((?!embed/).*)", headers: unframed },
    { source: "/embed/:path*", headers: [...framed, ...own] },
    { source: "/x/:path*", headers: own },
    { source: "/r/:path*", headers: own },
    { source: "/sw.js", headers: fresh },
  ],
};

export default config;
