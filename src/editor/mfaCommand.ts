import { exec } from "node:child_process";

/** A key that has to be touched gives its owner this long. Ms. */
const timeoutMs = 60_000;

/** What a command made of its task. */
export type MfaCommandResult =
  | { readonly code: string; readonly problem?: never }
  | { readonly problem: string; readonly code?: never };

/**
 * Runs the command that the user set to get MFA codes, in the system's shell, and takes the six
 * digits out of what it prints.
 */
export function codeFromCommand(command: string, signal: AbortSignal): Promise<MfaCommandResult> {
  return new Promise((resolve) => {
    exec(command, { timeout: timeoutMs, signal, encoding: "utf8" }, (error, stdout, stderr) => {
      const code = /(?<!\d)\d{6}(?!\d)/.exec(stdout)?.[0];
      if (error) resolve({ problem: reasonOf(error, stderr) });
      else if (code === undefined) resolve({ problem: "It printed no code of six digits." });
      else resolve({ code });
    });
  });
}

function reasonOf(
  error: Error & { killed?: boolean; code?: number | string },
  stderr: string,
): string {
  if (error.killed) return `It was still running after ${timeoutMs / 1000} seconds.`;
  const said = stderr.trim().split("\n").at(-1) ?? "";
  return said === ""
    ? `It ended with ${error.code ?? error.name}.`
    : `It said: ${said.slice(0, 200)}`;
}
