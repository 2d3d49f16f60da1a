// Tables as CSV (RFC 4180): what spreadsheets and data frames read.

/** A text that a spreadsheet would take for a formula: a run may have its name from somebody else. */
const isFormula = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = isFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line for the columns' names and one for each row; null is an empty cell. */
export const csvOf = (
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string => [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
