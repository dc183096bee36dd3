import { type Summary, summarize } from "./statistics.ts";

/** `KB` is 1024 bytes; `calls` are requests that STS got, `timers` callbacks of timers. */
export type Unit = "ms" | "KB" | "calls" | "timers";

/** Samples as they were taken, in the unit of their figure. */
export interface Measured {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: readonly number[];
  /** What ours is held against, sampled in turns with it. */
  readonly other?: { readonly what: string; readonly samples: readonly number[] };
  /** What the median of ours should not exceed, in the unit. */
  readonly goal?: number;
}

/** What was measured, by subject. */
export type Groups = Readonly<Record<string, readonly Measured[]>>;

/** A line of the report. */
export interface Figure {
  readonly subject: string;
  readonly what: string;
  readonly unit: Unit;
  readonly ours: Summary;
  readonly other?: Summary & { readonly what: string };
  /** Median of ours by median of the other. */
  readonly ratio?: number;
  readonly goal?: number;
  readonly goalHeld?: boolean;
}

/** Sums up what was measured. */
export function figuresOf(groups: Groups): Figure[] {
  return Object.entries(groups).flatMap(([subject, all]) =>
    all.map((measured) => figureOf(subject, measured)),
  );
}

function figureOf(subject: string, measured: Measured): Figure {
  const { what, unit, goal } = measured;
  const ours = summarize(measured.ours);
  const other = measured.other && {
    what: measured.other.what,
    ...summarize(measured.other.samples),
  };
  return {
    subject,
    what,
    unit,
    ours,
    ...(other && { other, ratio: ours.median / other.median }),
    ...(goal !== undefined && { goal, goalHeld: ours.median <= goal }),
  };
}
