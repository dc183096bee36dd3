import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";

const graceMs = 5_000;
const running = new Set<ProcessGroup>();

/** A program and all that it starts, which end when this process ends, however it does. */
export class ProcessGroup {
  readonly child: ChildProcess;
  /** The exit code, or null after a signal; rejects if the program could not be started. */
  readonly ended: Promise<number | null>;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    endWithThisProcess();
    this.child = spawn(command, args, { ...options, detached: process.platform !== "win32" });
    running.add(this);
    this.ended = once(this.child, "exit").then(([code]: (number | null)[]) => code ?? null);
    this.ended.catch(() => undefined).finally(() => running.delete(this));
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Asks the program to end, and makes it end after five seconds. */
  async stop(): Promise<void> {
    if (this.child.pid === undefined) return;
    if (!this.hasEnded) {
      this.kill("SIGTERM");
      const timer = setTimeout(() => this.kill("SIGKILL"), graceMs);
      await this.ended;
      clearTimeout(timer);
    }
    this.kill("SIGKILL");
  }

  /** Sends a signal to every process of the group, also when the program itself has ended. */
  kill(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    if (process.platform === "win32") {
      spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"]);
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // The group is gone already.
    }
  }
}

let prepared = false;

function endWithThisProcess(): void {
  if (prepared) return;
  prepared = true;
  process.on("exit", () => {
    for (const group of running) group.kill("SIGKILL");
  });
  // By default a signal ends the process without its "exit" event.
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => process.exit(code));
  }
}
