import type { Answer } from "../worker.ts";

/** Does the tasks that the benchmark sends to this process, until it is told to end. */
export function serve<Task extends object, Value>(work: (task: Task) => Promise<Value>): void {
  process.on("message", async (task: Task) => {
    process.send?.(await answerTo(task, work));
  });
  process.on("disconnect", () => process.exit());
}

async function answerTo<Task, Value>(
  task: Task,
  work: (task: Task) => Promise<Value>,
): Promise<Answer<Value>> {
  try {
    return { value: await work(task) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
