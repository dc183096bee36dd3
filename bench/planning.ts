import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bench, environmentOf, inTurns } from "./bench.ts";
import type { Groups, Measured } from "./figure.ts";
import { generatedName, manyProfiles } from "./profiles.ts";
import { inNewWorker, Worker } from "./worker.ts";
import type { PlanningTask, PlanningTimes } from "./workers/planning.ts";

const profileCount = 10_000;

/** Reading and planning 10,000 profiles for the first time, and one of them after that. */
export async function measurePlanning(bench: Bench): Promise<Groups> {
  const config = join(bench.folders.scratch, "many-profiles");
  writeFileSync(config, manyProfiles(profileCount));
  const env = { ...environmentOf(bench), AWS_CONFIG_FILE: config };
  return { Planning: [...(await allProfiles(env)), ...(await oneProfile(env))] };
}

type Environment = Readonly<Record<string, string>>;

async function allProfiles(env: Environment): Promise<Measured[]> {
  const planning: number[] = [];
  const inNew = (kind: "all" | "parse"): Promise<PlanningTimes> =>
    inNewWorker<PlanningTask, PlanningTimes>("planning", env, { kind });
  const { reading, parsing } = await inTurns({
    reading: async () => {
      const { readMs, planMs } = await inNew("all");
      planning.push(planMs ?? Number.NaN);
      return readMs ?? Number.NaN;
    },
    parsing: async () => (await inNew("parse")).readMs ?? Number.NaN,
  });
  const other = { what: "the SDK's parser alone, reading them", samples: parsing };
  return [
    { what: "read and parse 10,000 profiles, cold", unit: "ms", ours: reading, other },
    { what: "plan all of them, cold", unit: "ms", ours: planning, other, goal: 100 },
  ];
}

async function oneProfile(env: Environment): Promise<Measured[]> {
  const worker = new Worker<PlanningTask, PlanningTimes>("planning", env);
  const measure =
    (kind: "one" | "look-and-one" | "sdk-one") =>
    async (round: number): Promise<number> => {
      // A chain of three steps on permanent keys, which all of them can resolve.
      const profile = generatedName(7 + 10 * round);
      return (await worker.do({ kind, profile })).planMs ?? Number.NaN;
    };
  try {
    await worker.do({ kind: "all" });
    const { planning, looking, bySdk } = await inTurns({
      planning: measure("one"),
      looking: measure("look-and-one"),
      bySdk: measure("sdk-one"),
    });
    const other = { what: "the SDK's fromIni without its calls", samples: bySdk };
    return [
      { what: "plan one of them, warm", unit: "ms", ours: planning, other, goal: 1 },
      { what: "look if the files changed and plan one", unit: "ms", ours: looking, other },
    ];
  } finally {
    await worker.stop();
  }
}
