import { writeFileSync } from "node:fs";
import type { Figure, Unit } from "./figure.ts";
import type { Machine } from "./machine.ts";

const header = ["figure", "ours", "other", "which other", "ratio", "goal", ""];
const rightAligned = new Set(["ours", "other", "ratio", "goal"]);

/** The medians as an aligned table, with a line between the subjects. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map(rowOf);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => aligned(cell, column, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const lines = [line(header), line(widths.map((width) => "─".repeat(width)))];
  for (const [index, row] of rows.entries()) {
    if (figures[index]?.subject !== figures[index - 1]?.subject) {
      lines.push("", figures[index]?.subject ?? "");
    }
    lines.push(line(row));
  }
  return lines.join("\n");
}

function aligned(cell: string, column: number, width: number): string {
  return rightAligned.has(header[column] ?? "") ? cell.padStart(width) : cell.padEnd(width);
}

function rowOf({ what, unit, ours, other, ratio, goal, goalHeld }: Figure): string[] {
  return [
    `  ${what}`,
    quantity(ours.median, unit),
    other ? quantity(other.median, unit) : "",
    other?.what ?? "",
    ratio === undefined ? "" : `${numeral(ratio)}×`,
    goal === undefined ? "" : `≤ ${quantity(goal, unit)}`,
    goalHeld === undefined ? "" : goalHeld ? "held" : "missed",
  ];
}

function quantity(value: number, unit: Unit): string {
  return unit === "calls" || unit === "timers" ? numeral(value) : `${numeral(value)} ${unit}`;
}

/** Three digits that count: more of them would be noise. */
function numeral(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}

/** All of a run, as bench/results.json keeps it. */
export interface Results {
  readonly date: string;
  readonly machine: Machine;
  readonly figures: readonly Figure[];
}

/** Writes the results with numbers cut to what a clock can tell: microseconds. */
export function writeResults(file: string, results: Results): void {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === "number" ? Math.round(value * 10_000) / 10_000 : value;
  writeFileSync(file, `${JSON.stringify(results, rounded, 2)}\n`);
}
