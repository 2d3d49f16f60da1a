// A bounded memory of things that never change once they are there: the ones that were asked for longest ago go first.

interface Entry<T> {
  value: Promise<T | null>;
  size: number;
}

/** @param limit of the sizes of all that is remembered */
export function createRecent<T>(limit: number) {
  // A Map keeps the order in which its entries were set.
  const entries = new Map<string, Entry<T>>();
  let total = 0;

  function forget(key: string): void {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  }

  return {
    /**
     * What is remembered by this key, or else what `load` gives. All who ask while it loads wait for the same load;
     * failures and nulls are told to them and forgotten.
     * @param load gives a value and its size, in the limit's unit
     */
    get(key: string, load: () => Promise<{ value: T; size: number } | null>): Promise<T | null> {
      const known = entries.get(key);
      if (known !== undefined) {
        entries.delete(key);
        entries.set(key, known);
        return known.value;
      }
      const loaded = load();
      const entry: Entry<T> = { value: loaded.then((found) => found?.value ?? null), size: 0 };
      entries.set(key, entry);
      loaded.then(
        (found) => {
          if (entries.get(key) !== entry) return;
          if (found === null || found.size > limit) return forget(key);
          entry.size = found.size;
          total += found.size;
          for (const oldest of entries.keys()) {
            if (total <= limit) break;
            if (oldest !== key) forget(oldest);
          }
        },
        () => {
          if (entries.get(key) === entry) forget(key);
        },
      );
      return entry.value;
    },

    /** How many there are, those on their way included. */
    get count(): number {
      return entries.size;
    },
  };
}
