import type { NextConfig } from "next";

/** Sent with every page and asset; /embed/* will be the one exception to framing. */
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // The Blob SDK calls its API with a trailing slash, which Next would answer with a redirect.
  skipTrailingSlashRedirect: true,
  headers: async () => [{ source: "/:path*", headers }],
};

export default config;
