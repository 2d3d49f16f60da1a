// Says to other sites where to ask for this lesson in a frame. The page is made once, for everybody, so that it knows its
// server's name only where that is known when the app is built; else the address is a path.
const { VERCEL_PROJECT_PRODUCTION_URL: host } = process.env;
const origin = host ? `https://${host}` : "";

export function OembedLink({ slug, title }: { slug: string; title: string }) {
  const address = encodeURIComponent(`${origin}/lessons/${slug}`);
  return (
    <link
      rel="alternate"
      type="application/json+oembed"
      href={`${origin}/api/oembed?url=${address}`}
      title={title}
    />
  );
}
