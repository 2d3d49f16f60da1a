/**
 * Writes dates, the same on every server and in every browser. A browser takes 20 ms to make its first format for dates, which
 * no page has while it opens: it is made for the first date that is written.
 */
export function dateFormat(options: Intl.DateTimeFormatOptions): (date: Date | number) => string {
  let format: Intl.DateTimeFormat | null = null;
  return (date) => {
    format ??= new Intl.DateTimeFormat("en-GB", options);
    return format.format(date);
  };
}
