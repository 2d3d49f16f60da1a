// What the addresses of still pictures answer.
import { describe, expect, test } from "vitest";
import { encodeExperiment } from "@/lib/share/code";
import { parseExperiment } from "@/lib/spec/experiment";
import { firstRun } from "@/lib/spec/presets/first-run";
import { GET as getExperiment } from "./[code]/route";
import { GET as getLesson } from "./lesson/[slug]/route";

const code = encodeExperiment(parseExperiment(firstRun));
const ask = (path: string) => new Request(`http://localhost/embed/${path}`);
const experiment = (name: string, query = "") =>
  getExperiment(ask(`${name}${query}`), { params: Promise.resolve({ code: name }) });
const lesson = (slug: string, query = "") =>
  getLesson(ask(`lesson/${slug}${query}`), { params: Promise.resolve({ slug }) });

describe("an embed's address", () => {
  test("of an experiment is answered with its picture, as HTML", async () => {
    const answer = await experiment(code, "?theme=dark&height=auto");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await answer.text();
    expect(html).toContain("<h1>First run</h1>");
    expect(html).toContain('data-theme="dark" data-height="auto"');
  });

  test.each(["", "0", "1~", "lesson", "<b>", "%zz", "a".repeat(9000)])(
    "with the code %j is a page that says why there is none",
    async (bad) => {
      const answer = await experiment(bad);
      expect(answer.status).toBe(404);
      const html = await answer.text();
      expect(html).toContain("This link leads to no experiment");
      expect(html).not.toContain("<b>");
    },
  );

  test("of a lesson lists the steps that it asks for", async () => {
    const html = await (await lesson("fit-and-history", "?steps=2-3")).text();
    expect(html.match(/<li>/g)).toHaveLength(2);
    expect(html).toContain('<ol start="2"');
    expect(html).not.toContain("minutes");
    expect(await (await lesson("fit-and-history")).text()).toContain("About 20 minutes");
  });

  test("of no lesson is a page that names the lessons", async () => {
    for (const slug of ["fit", "toString", "__proto__"]) {
      const answer = await lesson(slug);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("training-optimization");
    }
  });
});
