import { spawnSync } from "node:child_process";
import { runLogged } from "./runLogged.ts";

/** The Debian packages that code-server's native modules are compiled with. */
export const buildPackages = [
  "g++",
  "make",
  "python3",
  "pkg-config",
  "libkrb5-dev",
  "libsecret-1-dev",
  "libx11-dev",
  "libxkbfile-dev",
] as const;

/** Whether this is Debian or a relative of it, such as Ubuntu. */
export function hasApt(): boolean {
  return spawnSync("dpkg-query", ["--version"]).status === 0;
}

/** Whether packages can be installed here without asking anyone. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Those of the packages that are not installed. */
export function missingPackages(names: readonly string[]): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are dpkg-query's.
  const format = "${Package} ${db:Status-Status}\\n";
  const { stdout } = spawnSync("dpkg-query", ["--show", "--showformat", format, ...names], {
    encoding: "utf8",
  });
  const installed = new Set((stdout ?? "").split("\n"));
  return names.filter((name) => !installed.has(`${name} installed`));
}

/** What to do by hand where these packages cannot be installed from here. */
export function installHint(names: readonly string[]): string {
  return hasApt()
    ? `Install them with: sudo apt-get install ${names.join(" ")}`
    : `Install what Debian calls ${names.join(", ")} by this system's own package manager.`;
}

/**
 * Installs what is missing of the packages.
 * @throws an Error that names the missing packages where root or apt is lacking.
 */
export async function ensurePackages(names: readonly string[]): Promise<void> {
  const missing = missingPackages(names);
  if (missing.length === 0) return;
  if (!hasApt() || !isRoot()) {
    throw new Error(`Missing system packages. ${installHint(missing)}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runLogged({
    what: "Reading the list of system packages",
    log: "apt-update",
    command: "apt-get",
    args: ["update"],
    env,
  });
  await runLogged({
    what: `Installing ${missing.join(" ")}`,
    log: "apt-install",
    command: "apt-get",
    args: ["install", "--yes", "--no-install-recommends", ...missing],
    env,
  });
}
