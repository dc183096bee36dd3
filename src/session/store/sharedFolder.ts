import { watch } from "node:fs";
import { mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Cancelled } from "../../aws/calls/cancelled.ts";

/** A lock whose owner is not seen to be alive is taken over after this. Ms. */
const staleMs = 5 * 60_000;

/** Claims, and signs of use, are about sessions, which end within 36 hours. Ms. */
const claimLifeMs = 36 * 3_600_000;

/** A lock is looked at again after this even if the file system tells of no change. Ms. */
const lookAgainMs = 1000;

/**
 * A folder that all windows on this machine see, by which they agree on who does what. No secret is in
 * it. Where it can't be written, every window acts for itself.
 */
export class SharedFolder {
  readonly #path: string;
  readonly #onProblem: (code: string) => void;

  constructor(path: string, onProblem: (code: string) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
  }

  /** Does some work while no other window does work of the same name. An abort ends the waiting. */
  async exclusively<Result>(
    name: string,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const file = join(this.#path, `${name}.lock`);
    while (!(await this.#create(file))) {
      if (signal.aborted) throw new Cancelled("The user gave up.");
      await this.#released(file, signal);
    }
    try {
      return await work();
    } finally {
      await this.#remove(file);
    }
  }

  /** Whether this window is the first to claim a thing. */
  async claim(name: string): Promise<boolean> {
    await this.#removeOldClaims();
    return this.#create(join(this.#path, `${name}.claim`));
  }

  /** Whether the file is this window's now. */
  async #create(file: string): Promise<boolean> {
    let isOpening = false;
    try {
      await mkdir(this.#path, { recursive: true });
      isOpening = true;
      const handle = await open(file, "wx", 0o600);
      await handle.writeFile(String(process.pid)).finally(() => handle.close());
      return true;
    } catch (error) {
      const { code = "Error" } = error as NodeJS.ErrnoException;
      if (isOpening && code === "EEXIST") return false;
      this.#onProblem(code);
      return true;
    }
  }

  /** Waits until a lock may be tried for again, and removes one that nobody holds any more. */
  async #released(file: string, signal: AbortSignal): Promise<void> {
    if (await isAbandoned(file)) return this.#remove(file);
    if (signal.aborted) return;
    const changed = new AbortController();
    const wake = (): void => changed.abort();
    signal.addEventListener("abort", wake);
    const watcher = watch(this.#path, wake).on("error", wake);
    await delay(lookAgainMs, undefined, { signal: changed.signal }).catch(() => undefined);
    watcher.close();
    signal.removeEventListener("abort", wake);
  }

  /** Says that this window works with a thing. */
  async startUsing(name: string): Promise<void> {
    await this.#create(this.#useFile(name, process.pid));
  }

  async stopUsing(name: string): Promise<void> {
    await this.#remove(this.#useFile(name, process.pid));
  }

  /** Whether another window that is alive works with a thing. */
  async isUsed(name: string): Promise<boolean> {
    const files = await readdir(this.#path).catch(() => []);
    const pids = files.flatMap((file) =>
      file.startsWith(`${name}.`) && file.endsWith(".use") ? [Number(file.split(".").at(-2))] : [],
    );
    return pids.some((pid) => pid !== process.pid && isAlive(pid));
  }

  #useFile(name: string, pid: number): string {
    return join(this.#path, `${name}.${pid}.use`);
  }

  async #removeOldClaims(): Promise<void> {
    const names = await readdir(this.#path).catch(() => []);
    for (const name of names.filter((candidate) => /\.(claim|use)$/.test(candidate))) {
      const file = join(this.#path, name);
      if ((await ageOf(file)) > claimLifeMs) await this.#remove(file);
    }
  }

  async #remove(file: string): Promise<void> {
    await rm(file, { force: true }).catch(({ code = "Error" }: NodeJS.ErrnoException) =>
      this.#onProblem(code),
    );
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  return (await ageOf(file)) > staleMs || !(await isHeld(file));
}

/** Ms; 0 if the file is gone. */
async function ageOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}

/** Whether the process that made the file is alive. One that is just being written counts as held. */
async function isHeld(file: string): Promise<boolean> {
  const pid = Number(await readFile(file, "utf8").catch(() => ""));
  return !pid || isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
