import type { Profile } from "../config/profiles.ts";
import { parseRoleArn, roleArnProblem } from "../role/arn.ts";
import {
  durationProblem,
  externalIdProblem,
  mfaSerialProblem,
  policyArnsProblem,
  policyProblem,
  sessionNameProblem,
  sessionTagsProblem,
  sourceIdentityProblem,
} from "../role/limits.ts";
import type { Role, RoleParameters } from "../role/role.ts";
import { parseList, parseTags } from "../role/sessionTags.ts";
import { PlanError } from "./planProblem.ts";

/** One call of AssumeRole. What is not given is not sent. */
export interface AssumeRoleStep {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds?: number;
  /** What was asked for where STS allows less: a chained session lasts one hour at the most. */
  readonly cappedFromSeconds?: number;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly sourceIdentity?: string;
  readonly tags?: readonly SessionTag[];
  readonly transitiveTagKeys?: readonly string[];
  /** An inline session policy, JSON. */
  readonly policy?: string;
  readonly policyArns?: readonly string[];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export interface SessionTag {
  readonly key: string;
  readonly value: string;
}

/** The step of a profile that names a role. Throws `PlanError` for a value that STS would refuse. */
export function stepOfProfile(
  profile: Profile,
  roleArn: string,
  sessionName: string,
): AssumeRoleStep {
  return checkedStep(roleArn, { sessionName, ...parametersOfProfile(profile) }, profile.name);
}

/** The step of a role that stands in no profile. Throws `PlanError` for a value that STS would refuse. */
export function stepOfRole(role: Role, sessionName: string): AssumeRoleStep {
  return checkedStep(role.roleArn ?? "", { sessionName, ...role });
}

/** A session that starts from a role's lasts one hour at the most, whatever the role allows. */
const longestChainedSeconds = 3600;

/**
 * The step as STS allows it for a caller that is itself a role's session.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function chainedStep(step: AssumeRoleStep): AssumeRoleStep {
  const asked = step.durationSeconds;
  if (asked === undefined || asked <= longestChainedSeconds) return step;
  return { ...step, durationSeconds: longestChainedSeconds, cappedFromSeconds: asked };
}

/**
 * The step scoped down to reading by AWS's own policy. Throws `PlanError` if the role has session
 * policies of its own: STS unites session policies, so that one more could only allow more.
 */
export function readOnlyStep(step: AssumeRoleStep): AssumeRoleStep {
  if (step.policy !== undefined || step.policyArns !== undefined) {
    throw new PlanError({
      code: "read-only-impossible",
      message: "The role has a session policy already, which a second one would widen.",
    });
  }
  const partition = parseRoleArn(step.roleArn)?.partition ?? "aws";
  return { ...step, policyArns: [`arn:${partition}:iam::aws:policy/ReadOnlyAccess`] };
}

/**
 * The CLI's keys, and the ones that aws-vault has beside them: `session_tags` (`key=value,…`),
 * `transitive_session_tags` (`key,…`) and `source_identity`.
 */
function parametersOfProfile({ name, properties }: Profile): RoleParameters {
  const written = {
    sessionName: properties["role_session_name"],
    externalId: properties["external_id"],
    mfaSerial: properties["mfa_serial"],
    durationSeconds: properties["duration_seconds"],
    sourceIdentity: properties["source_identity"],
    tags: properties["session_tags"] && tagsOf(properties["session_tags"], name),
    transitiveTagKeys:
      properties["transitive_session_tags"] && parseList(properties["transitive_session_tags"]),
  };
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
}

function tagsOf(text: string, profile: string): Readonly<Record<string, string>> {
  const { tags, wrong } = parseTags(text);
  if (tags) return tags;
  throw new PlanError({
    code: "bad-value",
    message: `session_tags of profile "${profile}": "${wrong}" is no pair of key=value.`,
    profile,
    key: "session_tags",
  });
}

type Parameters = RoleParameters & { readonly sessionName: string };

/** Each parameter with the key that profiles have for it, and what is wrong with its value. */
const checks: readonly {
  readonly key: string;
  readonly problemOf: (parameters: Parameters) => string | undefined;
}[] = [
  { key: "role_session_name", problemOf: (p) => sessionNameProblem(p.sessionName) },
  { key: "external_id", problemOf: (p) => ifGiven(p.externalId, externalIdProblem) },
  { key: "mfa_serial", problemOf: (p) => ifGiven(p.mfaSerial, mfaSerialProblem) },
  { key: "duration_seconds", problemOf: (p) => ifGiven(p.durationSeconds, durationProblem) },
  { key: "source_identity", problemOf: (p) => ifGiven(p.sourceIdentity, sourceIdentityProblem) },
  { key: "session_tags", problemOf: (p) => ifGiven(p.tags, sessionTagsProblem) },
  { key: "transitive_session_tags", problemOf: transitiveTagKeysProblem },
  { key: "policy", problemOf: (p) => ifGiven(p.policy, policyProblem) },
  { key: "policy_arns", problemOf: (p) => ifGiven(p.policyArns, policyArnsProblem) },
];

function ifGiven<Value>(
  value: Value | undefined,
  problemOf: (value: Value) => string | undefined,
): string | undefined {
  return value === undefined ? undefined : problemOf(value);
}

function transitiveTagKeysProblem({ tags, transitiveTagKeys }: Parameters): string | undefined {
  const stray = transitiveTagKeys?.find((key) => tags?.[key] === undefined);
  if (stray === undefined) return undefined;
  return `"${stray}" should be passed on along the chain, but there is no session tag of that key.`;
}

function checkedStep(roleArn: string, parameters: Parameters, profile?: string): AssumeRoleStep {
  refuse(roleArnProblem(roleArn), "role_arn", profile);
  for (const { key, problemOf } of checks) refuse(problemOf(parameters), key, profile);
  const { sessionName, externalId, mfaSerial, sourceIdentity, policy } = parameters;
  const { durationSeconds, tags, transitiveTagKeys, policyArns } = parameters;
  return {
    roleArn,
    sessionName,
    ...(durationSeconds !== undefined && { durationSeconds: Number(durationSeconds) }),
    ...(externalId !== undefined && { externalId }),
    ...(mfaSerial !== undefined && { mfaSerial }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(tags && { tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
    ...(transitiveTagKeys && { transitiveTagKeys }),
    ...(policy !== undefined && { policy }),
    ...(policyArns && { policyArns }),
  };
}

function refuse(problem: string | undefined, key: string, profile: string | undefined): void {
  if (problem === undefined) return;
  if (profile === undefined) throw new PlanError({ code: "bad-value", message: problem });
  const message = `${key} of profile "${profile}": ${problem}`;
  throw new PlanError({ code: "bad-value", message, profile, key });
}
