import { DEMO } from "../test/sandbox/index.ts";
import { type AwsCli, assumeByCli } from "./awsCli.ts";
import { type Bench, environmentOf, inTurns } from "./bench.ts";
import type { Groups, Measured } from "./figure.ts";
import { inNewWorker, Worker } from "./worker.ts";
import type { AssumingTask } from "./workers/assuming.ts";

const picked: AssumingTask = { profile: "read-only" };
/** The same role by the SDK alone, the least that a program on it can do. */
export const bareCall: AssumingTask = { roleArn: DEMO.roles.readOnly };

/** From the picked role to the terminals' variables, without the editor around it. */
export async function measureAssuming(bench: Bench, cli: AwsCli | undefined): Promise<Groups> {
  return {
    "Assuming, in plain Node.js": [
      ...(await cold(bench, cli)),
      await warm(bench),
      await callsPerStep(bench, "read-only", 1),
      await callsPerStep(bench, "deploy", 2),
    ],
  };
}

/** Ms of loading the SDK's bundle and calling STS with it, in a new process. */
export function bareCallCold(env: Readonly<Record<string, string>>): Promise<number> {
  return inNewWorker<AssumingTask, number>("assuming", env, bareCall);
}

async function cold(bench: Bench, cli: AwsCli | undefined): Promise<Measured[]> {
  const env = environmentOf(bench);
  const { ours, bare, byCli } = await inTurns({
    ours: () => inNewWorker<AssumingTask, number>("assuming", env, picked),
    bare: () => bareCallCold(env),
    byCli: async () => cli && assumeByCli(cli, DEMO.roles.readOnly, env),
  });
  const what = "role picked to variables replaced, cold";
  const figures: Measured[] = [
    { what, unit: "ms", ours, other: { what: "bare SDK call, cold", samples: bare } },
  ];
  if (cli)
    figures.push({
      what,
      unit: "ms",
      ours,
      other: { what: "aws sts assume-role", samples: byCli },
    });
  return figures;
}

async function warm(bench: Bench): Promise<Measured> {
  const env = environmentOf(bench);
  const worker = new Worker<AssumingTask, number>("assuming", env);
  try {
    await worker.do(picked);
    await worker.do(bareCall);
    const { ours, bare } = await inTurns({
      ours: () => worker.do(picked),
      bare: () => worker.do(bareCall),
    });
    const other = { what: "bare SDK call, client kept", samples: bare };
    return { what: "role picked to variables replaced, warm", unit: "ms", ours, other };
  } finally {
    await worker.stop();
  }
}

/** How many requests reach STS for each step of a profile's chain. */
async function callsPerStep(bench: Bench, profile: string, steps: number): Promise<Measured> {
  const worker = new Worker<AssumingTask, number>("assuming", environmentOf(bench));
  const { requests } = bench.sandbox;
  try {
    const { ours } = await inTurns({
      ours: async () => {
        const before = requests.length;
        await worker.do({ profile });
        return (requests.length - before) / steps;
      },
    });
    return { what: `calls of STS a step, in a chain of ${steps}`, unit: "calls", ours, goal: 1 };
  } finally {
    await worker.stop();
  }
}
