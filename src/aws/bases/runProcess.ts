import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import type { Environment } from "../config/profiles.ts";
import { BaseError } from "./baseError.ts";

/** How to run a program. */
export interface ProcessTerms {
  readonly environment: Environment;
  /** Where it runs. Absolute. */
  readonly folder: string | undefined;
  /** After this it is ended, with all that it started. Ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Whether the program is a command line for the system's shell. */
  readonly shell?: boolean;
}

/** What a program that came to its end has left. Its output is secret. */
export interface ProcessResult {
  /** `null` if a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The last of what it wrote to stderr. Text from outside. */
  readonly stderr: string;
}

const longestOutput = 1_000_000;
const longestError = 4000;

/** Runs a program without anything to read. Throws `BaseError`. */
export function runProcess(
  [program = "", ...args]: readonly string[],
  terms: ProcessTerms,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = start(program, args, terms);
    const giveUp = (error: BaseError): void => {
      release();
      endTree(child);
      reject(error);
    };
    const late = new BaseError("ProcessTimedOut", `It took more than ${terms.timeoutMs / 1000} s.`);
    const timer = setTimeout(() => giveUp(late), terms.timeoutMs);
    const onAbort = (): void => giveUp(new BaseError("ProcessFailed", "It was cancelled."));
    const release = (): void => {
      clearTimeout(timer);
      terms.signal.removeEventListener("abort", onAbort);
    };
    terms.signal.addEventListener("abort", onAbort);
    const stdout = collect(child.stdout, (text) => text.slice(0, longestOutput));
    const stderr = collect(child.stderr, (text) => text.slice(-longestError));
    child.once("error", (error: NodeJS.ErrnoException) => {
      release();
      reject(notStarted(program, error));
    });
    child.once("close", (exitCode) => {
      release();
      resolve({ exitCode, stdout: stdout(), stderr: stderr() });
    });
    if (terms.signal.aborted) onAbort();
  });
}

function start(program: string, args: readonly string[], terms: ProcessTerms): ChildProcess {
  const options: SpawnOptions = {
    env: { ...terms.environment },
    ...(terms.folder && { cwd: terms.folder }),
    stdio: ["ignore", "pipe", "pipe"],
    ...(terms.shell && { shell: true }),
    windowsHide: true,
    // A group of its own, which can be ended as a whole.
    detached: process.platform !== "win32",
  };
  // Since 2024 Node.js starts batch files through the shell only; the command line is the user's own.
  const isBatch = process.platform === "win32" && !terms.shell && /\.(bat|cmd)$/i.test(program);
  if (!isBatch) return spawn(program, args, options);
  const line = [program, ...args].map((word) => `"${word}"`).join(" ");
  return spawn(process.env["ComSpec"] ?? "cmd.exe", ["/d", "/s", "/c", `"${line}"`], {
    ...options,
    windowsVerbatimArguments: true,
  });
}

/** Ends the program and what it started, which might go on asking for something. */
function endTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It may have come to its end in this very moment.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function collect(stream: Readable | null, bounded: (text: string) => string): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (chunk: string) => {
    text = bounded(text + chunk);
  });
  return () => text;
}

function notStarted(program: string, { code = "Error" }: NodeJS.ErrnoException): BaseError {
  return code === "ENOENT"
    ? new BaseError("ProcessNotFound", `There is no program "${program}".`)
    : new BaseError("ProcessNotRunnable", `"${program}" could not be started (${code}).`);
}
