import { activeProfileName, type Profile, type SharedConfig } from "../config/profiles.ts";
import { parseRoleArn } from "../role/arn.ts";
import { type Role, roleOfProfile, type SsoOrigin } from "../role/role.ts";
import {
  type Base,
  baseOfCredentialSource,
  baseOfProfile,
  hasStaticKeys,
  isRoleBase,
  webIdentityOfProfile,
} from "./base.ts";
import { defaultSource } from "./defaultSource.ts";
import { configuredEndpoint } from "./endpoint.ts";
import type { PlanContext } from "./planContext.ts";
import { PlanError, type PlanProblem } from "./planProblem.ts";
import { fallbackRegion, namedRegion, partitionOfRegion } from "./region.ts";
import { offeredSsoRole, ssoEndpoints } from "./ssoRole.ts";
import {
  type AssumeRoleStep,
  chainedStep,
  readOnlyStep,
  stepOfProfile,
  stepOfRole,
} from "./step.ts";

/** All that is needed to assume a role, known before anything is asked or called. */
export interface Plan {
  readonly role: Role;
  readonly base: Base;
  /** In the order of the calls; the last one assumes the role itself. */
  readonly steps: readonly AssumeRoleStep[];
  /** The region whose STS is called, for every step. */
  readonly stsRegion: string;
  /** The region that the user named; none is made up. */
  readonly region?: string;
  /** The endpoint of STS that the user configured instead of AWS's own. */
  readonly endpoint?: string;
  /** Whether the user asked for the one global endpoint of old, by `sts_regional_endpoints`. */
  readonly globalEndpoint?: boolean;
}

export type Planned =
  | { readonly plan: Plan; readonly problem?: never }
  | { readonly problem: PlanProblem; readonly plan?: never };

/**
 * Resolves a role to the calls that assume it. Pure: it reads no file, calls nothing, asks nobody.
 * Follows the CLI where SDKs differ.
 */
export function planChain(role: Role, context: PlanContext): Planned {
  try {
    const current = asWrittenNow(role, context.config);
    const { base, steps } = chainOf(current, context);
    const allowed = stepsAsAllowed(current, base, steps);
    return { plan: { role: current, base, steps: allowed, ...placeOfCalls(current, context) } };
  } catch (error) {
    if (error instanceof PlanError) return { problem: error.problem };
    throw error;
  }
}

function chainOf(role: Role, context: PlanContext): Chain {
  switch (role.origin.kind) {
    case "profile":
      return new ChainWalk(context).fromProfile(role.origin.profile);
    case "sso":
      return { base: offeredBase(role.origin, context), steps: [] };
    case "setting":
    case "arn":
      return new ChainWalk(context).fromRole(role);
  }
}

/** The role as its profile describes it now: the files may have changed since it was picked. */
function asWrittenNow(role: Role, { profiles }: SharedConfig): Role {
  if (role.origin.kind !== "profile") return role;
  const profile = profiles.get(role.origin.profile);
  if (profile === undefined) return role;
  const current = roleOfProfile(profile);
  if (current !== undefined) return role.readOnly ? { ...current, readOnly: true } : current;
  throw new PlanError({
    code: "role-missing",
    message: `Profile "${profile.name}" no longer names a role: role_arn is missing.`,
    profile: profile.name,
  });
}

/** What STS refuses in a chain is not asked for, and a read-only session is scoped down. */
function stepsAsAllowed(
  role: Role,
  base: Base,
  steps: readonly AssumeRoleStep[],
): readonly AssumeRoleStep[] {
  const allowed = steps.map((step, index) =>
    index > 0 || isRoleBase(base) ? chainedStep(step) : step,
  );
  if (!role.readOnly) return allowed;
  const last = allowed.at(-1);
  if (last !== undefined) return [...allowed.slice(0, -1), readOnlyStep(last)];
  throw new PlanError({
    code: "read-only-impossible",
    message: `"${role.name}" is not assumed by a call of AssumeRole, which is what scopes a session down.`,
  });
}

function placeOfCalls(
  role: Role,
  { config, environment }: PlanContext,
): Pick<Plan, "stsRegion" | "region" | "endpoint" | "globalEndpoint"> {
  const name = role.origin.kind === "profile" ? role.origin.profile : role.sourceProfile;
  const profile = config.profiles.get(name ?? activeProfileName(environment));
  const region = namedRegion(
    role.region ?? profile?.properties["region"],
    environment,
    config.profiles.get("default")?.properties["region"],
  );
  const partition = partitionOf(role);
  if (partition !== undefined) refuseOtherPartition(role, region, partition);
  const endpoint = configuredEndpoint("sts", environment, config, profile);
  const wanted =
    environment["AWS_STS_REGIONAL_ENDPOINTS"] ?? profile?.properties["sts_regional_endpoints"];
  return {
    stsRegion: region ?? fallbackRegion(partition ?? "aws"),
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(wanted === "legacy" && { globalEndpoint: true }),
  };
}

function partitionOf({ roleArn }: Role): string | undefined {
  return roleArn === undefined ? undefined : (parseRoleArn(roleArn)?.partition ?? "aws");
}

function refuseOtherPartition(role: Role, region: string | undefined, partition: string): void {
  const ofRegion = region && partitionOfRegion(region);
  if (!ofRegion || ofRegion === partition) return;
  const { origin } = role;
  throw new PlanError({
    code: "region-of-other-partition",
    message: `The role is in the partition "${partition}", but the region ${region} is in "${ofRegion}": no credentials work in both.`,
    ...(origin.kind === "profile" && { profile: origin.profile, key: "region" }),
  });
}

/** The base of a role that Identity Center offers without a profile for it. */
function offeredBase(origin: SsoOrigin, { config, environment }: PlanContext): Base {
  const active = config.profiles.get(activeProfileName(environment));
  const endpoints = ssoEndpoints(environment, config, active);
  return { kind: "sso", role: offeredSsoRole(origin, config), endpoints };
}

type Chain = Pick<Plan, "base" | "steps">;

class ChainWalk {
  readonly #context: PlanContext;
  readonly #visited: string[] = [];

  constructor(context: PlanContext) {
    this.#context = context;
  }

  /** The chain of a role that stands in no profile. */
  fromRole(role: Role): Chain {
    const { base, steps } =
      role.sourceProfile === undefined ? this.#fromDefault() : this.#fromSource(role.sourceProfile);
    return { base, steps: [...steps, stepOfRole(role, this.#context.sessionName)] };
  }

  /** The chain of a profile that is itself the goal. */
  fromProfile(name: string): Chain {
    const profile = this.#profile(name);
    this.#visited.push(name);
    const webIdentity = webIdentityOfProfile(profile, this.#context.sessionName);
    if (webIdentity) return { base: webIdentity, steps: [] };
    return profile.properties["role_arn"] === undefined
      ? { base: baseOfProfile(profile, this.#context), steps: [] }
      : this.#fromRoleProfile(profile, profile.properties["role_arn"]);
  }

  /** A profile that another one builds on: keys in it are used even where it names a role. */
  #fromSource(name: string, from?: string): Chain {
    const profile = this.#profile(name, from);
    if (hasStaticKeys(profile.properties)) {
      const webIdentity = webIdentityOfProfile(profile, this.#context.sessionName);
      return { base: webIdentity ?? baseOfProfile(profile, this.#context), steps: [] };
    }
    if (this.#visited.includes(name)) {
      const circle = [...this.#visited.slice(this.#visited.indexOf(name)), name].join(" → ");
      throw new PlanError({
        code: "cycle",
        message: `The profiles go round in a circle by source_profile: ${circle}.`,
        profile: from ?? name,
        key: "source_profile",
      });
    }
    return this.fromProfile(name);
  }

  #fromRoleProfile(profile: Profile, roleArn: string): Chain {
    const source = profile.properties["source_profile"];
    const credentialSource = profile.properties["credential_source"];
    if (source !== undefined && credentialSource !== undefined) {
      throw new PlanError({
        code: "source-conflict",
        message: `Profile "${profile.name}" has both source_profile and credential_source; a role takes one.`,
        profile: profile.name,
        key: "credential_source",
      });
    }
    if (source !== undefined) {
      const { base, steps } = this.#fromSource(source, profile.name);
      return {
        base,
        steps: [...steps, stepOfProfile(profile, roleArn, this.#context.sessionName)],
      };
    }
    if (credentialSource !== undefined) {
      const base = baseOfCredentialSource(profile, credentialSource);
      return { base, steps: [stepOfProfile(profile, roleArn, this.#context.sessionName)] };
    }
    throw new PlanError({
      code: "source-missing",
      message: `Profile "${profile.name}" names a role, but not who assumes it: source_profile or credential_source is missing.`,
      profile: profile.name,
      key: "role_arn",
    });
  }

  /** Nobody named a base. */
  #fromDefault(): Chain {
    const source = defaultSource(this.#context);
    return source.base ? { base: source.base, steps: [] } : this.fromProfile(source.profile);
  }

  #profile(name: string, from?: string): Profile {
    const profile = this.#context.config.profiles.get(name);
    if (profile !== undefined) return profile;
    throw new PlanError({
      code: "missing-profile",
      message:
        from === undefined
          ? `There is no profile "${name}" in the config files.`
          : `Profile "${from}" builds on the profile "${name}", which no config file has.`,
      ...(from !== undefined && { profile: from, key: "source_profile" }),
    });
  }
}
