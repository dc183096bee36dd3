import { fromIni } from "@aws-sdk/credential-providers";
import { planChain } from "../../src/aws/chain/chain.ts";
import { type SharedConfig, SharedConfigReader } from "../../src/aws/config/profiles.ts";
import { rolesOfProfiles } from "../../src/aws/role/role.ts";
import { loadSharedConfigLoader } from "./bundles.ts";
import { serve } from "./serve.ts";

/**
 * `all` wants a new worker: it reads the files for the first time and plans every role in them.
 * `parse` is what the SDK's parser alone takes for the files. The others are about one profile of
 * files that were read before: planned, looked for changes and planned, resolved by the SDK.
 */
export type PlanningTask =
  | { readonly kind: "all" | "parse" }
  | { readonly kind: "one" | "look-and-one" | "sdk-one"; readonly profile: string };

/** Ms. */
export interface PlanningTimes {
  readonly readMs?: number;
  readonly planMs?: number;
}

const config = new SharedConfigReader(process.env, loadSharedConfigLoader);

serve<PlanningTask, PlanningTimes>(async (task) => {
  switch (task.kind) {
    case "all":
      return readAndPlanAll();
    case "parse":
      return parse();
    case "one":
      return planOne(await config.read(), task.profile);
    case "look-and-one":
      return lookAndPlanOne(task.profile);
    case "sdk-one":
      return resolveBySdk(task.profile);
  }
});

async function readAndPlanAll(): Promise<PlanningTimes> {
  await loadSharedConfigLoader();
  const startedAt = performance.now();
  const read = await config.read();
  const readAt = performance.now();
  for (const role of rolesOfProfiles(read)) check(planChain(role, contextOf(read)), role.name);
  return { readMs: readAt - startedAt, planMs: performance.now() - readAt };
}

async function parse(): Promise<PlanningTimes> {
  const { loadSharedConfigFiles } = await loadSharedConfigLoader();
  const startedAt = performance.now();
  await loadSharedConfigFiles({ ignoreCache: true });
  return { readMs: performance.now() - startedAt };
}

function planOne(read: SharedConfig, profile: string): PlanningTimes {
  const role = rolesOfProfiles(read).find(({ name }) => name === profile);
  if (role === undefined) throw new Error(`There is no role "${profile}".`);
  const startedAt = performance.now();
  check(planChain(role, contextOf(read)), profile);
  return { planMs: performance.now() - startedAt };
}

async function lookAndPlanOne(profile: string): Promise<PlanningTimes> {
  const startedAt = performance.now();
  const read = await config.read();
  const readMs = performance.now() - startedAt;
  return { planMs: readMs + (planOne(read, profile).planMs ?? 0) };
}

/** The provider of the SDK, with the calls of STS left out. */
async function resolveBySdk(profile: string): Promise<PlanningTimes> {
  const startedAt = performance.now();
  await fromIni({ profile, roleAssumer: async (source) => source })();
  return { planMs: performance.now() - startedAt };
}

function contextOf(read: SharedConfig): Parameters<typeof planChain>[1] {
  return { config: read, environment: process.env, sessionName: "bench" };
}

function check({ problem }: ReturnType<typeof planChain>, name: string): void {
  if (problem) throw new Error(`${name}: ${problem.message}`);
}
