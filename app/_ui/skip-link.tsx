// The first thing that Tab reaches: past the controls, to what they are for.
export const SkipLink = () => (
  <a
    href="#run"
    className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-raised focus:px-4 focus:py-2.5"
  >
    Skip to the run
  </a>
);
