// The page's typeface within a picture, which has no other way to it.

/** The rule of the typeface that an element is set in; null where there is none of the page's own, or it cannot be read. */
function ruleOf(family: string): CSSFontFaceRule | null {
  for (const sheet of document.styleSheets)
    try {
      for (const rule of sheet.cssRules)
        if (rule instanceof CSSFontFaceRule && plain(rule.style.getPropertyValue("font-family")) === family)
          if (rule.style.getPropertyValue("src").includes("url(")) return rule;
    } catch {
      // A sheet of another origin keeps its rules.
    }
  return null;
}

/** The first of a list of families, without its quotes. */
const plain = (families: string): string => families.split(",")[0]!.trim().replaceAll(/["']/g, "");

const asDataUrl = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

/**
 * A style sheet with the typeface that an element is set in, about 65 KB of text; an empty one where it cannot be had: the
 * picture is then set in the system's.
 */
export async function fontSheet(element: Element, name: string): Promise<string> {
  const rule = ruleOf(plain(getComputedStyle(element).fontFamily));
  const url = rule?.style.getPropertyValue("src").match(/url\(["']?([^"')]+)/)?.[1];
  if (rule == null || url === undefined) return "";
  try {
    const answer = await fetch(new URL(url, rule.parentStyleSheet?.href ?? document.baseURI));
    if (!answer.ok) return "";
    const data = await asDataUrl(await answer.blob());
    return `@font-face{font-family:"${name}";font-weight:${rule.style.getPropertyValue("font-weight")};src:url(${data})}`;
  } catch {
    return "";
  }
}
