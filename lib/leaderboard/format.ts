// How numbers of the boards are written.

/** A share as e.g. "97.52 %". */
export const formatShare = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Seconds as e.g. "3.51 s". */
export const formatSeconds = (seconds: number): string => `${seconds.toFixed(2)} s`;
