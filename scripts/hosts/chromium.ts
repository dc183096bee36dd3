import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { ensurePackages, hasApt, installHint, isRoot } from "./systemPackages.ts";

const programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Arguments for a headless Chromium that speaks to loopback only, whoever runs it: as root it
 * refuses to start with its sandbox.
 */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/**
 * The absolute path of a Chromium: one that is there, or Debian's, installed now.
 * @throws an Error that says what to install where that is impossible.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  if (hasApt() && isRoot()) await ensurePackages(["chromium"]);
  const installed = findChromium();
  if (installed !== undefined) return installed;
  throw new Error(`No Chromium or Chrome found. ${installHint(["chromium"])}`);
}

function findChromium(): string | undefined {
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => programs.map((program) => join(folder, program)))
    .find(isExecutable);
  return onPath ?? [chromium.executablePath()].find((file) => existsSync(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
