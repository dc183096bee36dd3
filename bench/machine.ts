import { availableParallelism, cpus, totalmem } from "node:os";

/** What the figures depend on, without anything that tells whose machine it is. */
export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly node: string;
  /** What the figures of the editor were taken in. */
  readonly editor?: string;
  readonly awsCli?: string;
}

export function thisMachine(): Machine {
  return {
    system: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

/** In a line, for people. */
export function describeMachine(machine: Machine): string {
  const { system, processor, cores, memoryGB, node, editor, awsCli } = machine;
  const parts = [system, processor, `${cores} cores`, `${memoryGB} GB`, `Node.js ${node}`];
  return [...parts, editor, awsCli].filter((part) => part !== undefined).join(", ");
}
