/** Samples of one quantity in short; in the unit of the samples. */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * The median is what counts: on a shared machine the maximum tells of the neighbours.
 * @throws an Error if there is no sample, or one that is no number.
 */
export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined || !sorted.every(Number.isFinite)) {
    throw new Error(`Nothing was measured: ${JSON.stringify(samples)}`);
  }
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  const median = middle.reduce((sum, sample) => sum + sample, 0) / middle.length;
  return { n: sorted.length, min, median, max };
}
