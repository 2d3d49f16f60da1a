// What a browser needs to install Descent: name, icons, colours, and two places that people come back to.
import type { MetadataRoute } from "next";

const icon = (size: number, purpose: "any" | "maskable") =>
  ({ src: `/icons/${purpose}-${size}.png`, sizes: `${size}x${size}`, type: "image/png", purpose }) as const;

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Descent: watch a neural network learn",
    short_name: "Descent",
    description:
      "Build a neural network, train it on handwritten digits in this browser, and watch it learn.",
    lang: "en",
    categories: ["education"],
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#fbfaf7",
    theme_color: "#fbfaf7",
    icons: [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
    screenshots: [
      {
        src: "/screenshot.png",
        sizes: "1440x900",
        type: "image/png",
        form_factor: "wide",
        label: "A run: the experiment, its curves and predictions, and the training log",
      },
      {
        src: "/screenshot-phone.png",
        sizes: "780x1688",
        type: "image/png",
        form_factor: "narrow",
        label: "A run on a phone",
      },
    ],
    shortcuts: [
      { name: "Lessons", url: "/lessons" },
      { name: "Leaderboard", url: "/leaderboard" },
    ],
  };
}
