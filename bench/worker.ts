import { once } from "node:events";
import { join } from "node:path";
import { projectRoot } from "../scripts/hosts/paths.ts";
import { ProcessGroup } from "../scripts/hosts/processGroup.ts";

/** What a worker answers to a task. */
export type Answer<T> = { readonly value: T } | { readonly error: string };

/**
 * A Node.js process of its own that measures one task at a time: what runs in the benchmark's own
 * process, the simulated AWS first of all, is not in its way, and a new one has nothing loaded.
 */
export class Worker<Task extends object, Value> {
  readonly #process: ProcessGroup;

  /** @param name of the program, bench/workers/<name>.ts. */
  constructor(name: string, env: Readonly<Record<string, string>>) {
    const program = join(projectRoot, "bench/workers", `${name}.ts`);
    this.#process = new ProcessGroup(process.execPath, [program], {
      env: { ...env },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
  }

  /** @throws an Error if the worker cannot do the task, or ends over it. */
  async do(task: Task): Promise<Value> {
    const { child, ended } = this.#process;
    child.send(task);
    const answer = await Promise.race([
      once(child, "message").then(([message]) => message as Answer<Value>),
      ended.then((code) => ({ error: `A worker ended with exit code ${code}.` })),
    ]);
    if ("error" in answer) throw new Error(answer.error);
    return answer.value;
  }

  stop(): Promise<void> {
    return this.#process.stop();
  }
}

/** Has one task done by a worker that nobody used before. */
export async function inNewWorker<Task extends object, Value>(
  name: string,
  env: Readonly<Record<string, string>>,
  task: Task,
): Promise<Value> {
  const worker = new Worker<Task, Value>(name, env);
  try {
    return await worker.do(task);
  } finally {
    await worker.stop();
  }
}
