// The brand: a loss that falls, and where it is now.
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden="true">
      <path
        d="M2 5c3 0 4 3.6 5.4 7.6C8.8 16.5 10.5 19 14.5 19H18"
        fill="none"
        stroke="var(--train)"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
      <circle cx="20.5" cy="19" r="2.2" fill="var(--validation)" />
    </svg>
  );
}
