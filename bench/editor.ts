import { appendFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { Workbench } from "../test/e2e/driver/workbench.ts";
import { demoEnvironment } from "../test/sandbox/demo/demoMachine.ts";
import { DEMO } from "../test/sandbox/index.ts";
import { bareCall, bareCallCold } from "./assume.ts";
import { type AwsCli, assumeByCli } from "./awsCli.ts";
import { type Bench, environmentOf, inTurns } from "./bench.ts";
import {
  forgetSessions,
  timeOfAssuming,
  timeOfPalette,
  timeOfPicker,
  untilActive,
} from "./editor/actions.ts";
import { type StartupTimes, startupTimes } from "./editor/startupTimes.ts";
import type { Groups, Measured } from "./figure.ts";
import { generatedPrefix, manyProfiles } from "./profiles.ts";
import { Worker } from "./worker.ts";
import type { AssumingTask } from "./workers/assuming.ts";

const ourId = "aws-assume-role.aws-assume-role";
const gitId = "vscode.git";

/** Figures of a real VS Code with the packaged extension, and which one it was. */
export interface EditorFigures {
  readonly editor: string;
  readonly groups: Groups;
}

/** Everything that takes an editor, in one window. */
export async function measureInEditor(
  bench: Bench,
  cli: AwsCli | undefined,
): Promise<EditorFigures> {
  const { vsix, folders, sandbox } = bench;
  const env = demoEnvironment(sandbox.url);
  const workbench = await Workbench.start({ vsix, folders, env });
  try {
    const samples = await overReloads(workbench, bench, cli);
    return {
      editor: samples.startups[0]?.editor ?? "unknown",
      groups: {
        "Activation, in the same start of the editor": activation(samples.startups),
        "Assuming, in the editor": assuming(samples),
        "Picker of 10,000 roles, in the editor": await picker(workbench),
      },
    };
  } finally {
    await workbench.stop({ keepFolders: true });
  }
}

/** What was sampled over the reloads of one window, in ms where it is a number. */
interface OverReloads {
  readonly startups: readonly StartupTimes[];
  /** The first role that a window assumes, and the second. */
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly bareCold: readonly number[];
  readonly bareWarm: readonly number[];
  /** Empty without an AWS CLI. */
  readonly byCli: readonly number[];
}

/** Only in a new window is there an activation, and a role that is the first one to be assumed. */
async function overReloads(
  workbench: Workbench,
  bench: Bench,
  cli: AwsCli | undefined,
): Promise<OverReloads> {
  const env = environmentOf(bench);
  const worker = new Worker<AssumingTask, number>("assuming", env);
  const startups: StartupTimes[] = [];
  try {
    await worker.do(bareCall);
    const samples = await inTurns({
      first: async () => {
        await forgetSessions(workbench);
        await workbench.reload();
        await untilActive(workbench);
        startups.push(await startupTimes(workbench, [ourId, gitId]));
        return timeOfAssuming(workbench, "read-only");
      },
      bareCold: () => bareCallCold(env),
      second: () => timeOfAssuming(workbench, "hub"),
      bareWarm: () => worker.do(bareCall),
      byCli: async () => cli && assumeByCli(cli, DEMO.roles.readOnly, env),
    });
    return { startups, ...samples };
  } finally {
    await worker.stop();
  }
}

function assuming({ first, second, bareCold, bareWarm, byCli }: OverReloads): Measured[] {
  const figure = (
    which: string,
    ours: readonly number[],
    other: string,
    samples: readonly number[],
  ): Measured => ({
    what: `Enter on the role to role in the status bar, ${which}`,
    unit: "ms",
    ours,
    other: { what: other, samples },
  });
  const cli = "aws sts assume-role";
  return [
    figure("first of a window", first, "bare SDK call, cold", bareCold),
    ...(byCli.length > 0 ? [figure("first of a window", first, cli, byCli)] : []),
    figure("second", second, "bare SDK call, client kept", bareWarm),
    ...(byCli.length > 0 ? [figure("second", second, cli, byCli)] : []),
  ];
}

function activation(startups: readonly StartupTimes[]): Measured[] {
  const times = (id: string, part: "blockingMs" | "wholeMs"): number[] =>
    startups.map(({ extensions }) => extensions.get(id)?.[part] ?? Number.NaN);
  const figure = (what: string, part: "blockingMs" | "wholeMs"): Measured => ({
    what,
    unit: "ms",
    ours: times(ourId, part),
    other: { what: "VS Code's git extension", samples: times(gitId, part) },
  });
  return [
    figure("load the code and call activate()", "blockingMs"),
    figure("until activate() is through", "wholeMs"),
  ];
}

async function picker(workbench: Workbench): Promise<Measured[]> {
  const config = join(workbench.folders.home, ".aws/config");
  appendFileSync(config, `\n${manyProfiles(10_000)}`);
  const row = `^${generatedPrefix}`;
  await timeOfPalette(workbench);
  await timeOfPicker(workbench, row);
  const { palette, unchanged, changed } = await inTurns({
    palette: () => timeOfPalette(workbench),
    unchanged: () => timeOfPicker(workbench, row),
    changed: async () => {
      utimesSync(config, new Date(), new Date());
      await timeOfPalette(workbench);
      return timeOfPicker(workbench, row);
    },
  });
  const other = { what: "F1 to VS Code's commands", samples: palette };
  const what = "Enter on the command to roles";
  return [
    { what: `${what}, files as before`, unit: "ms", ours: unchanged, other, goal: 100 },
    { what: `${what}, files changed`, unit: "ms", ours: changed, other, goal: 100 },
  ];
}
