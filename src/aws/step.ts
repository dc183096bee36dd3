import { roleArnProblem } from "./arn.ts";
import {
  durationProblem,
  externalIdProblem,
  mfaSerialProblem,
  sessionNameProblem,
} from "./limits.ts";
import { PlanError } from "./planProblem.ts";
import type { Profile } from "./profiles.ts";
import type { Role } from "./role.ts";

/** One call of AssumeRole. What is not given is not sent. */
export interface AssumeRoleStep {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds?: number;
  readonly externalId?: string;
  readonly mfaSerial?: string;
}

/** The step of a profile that names a role. Throws `PlanError` for a value that STS would refuse. */
export function stepOfProfile(
  profile: Profile,
  roleArn: string,
  sessionName: string,
): AssumeRoleStep {
  const { properties } = profile;
  return checkedStep(
    {
      roleArn,
      sessionName: properties["role_session_name"] ?? sessionName,
      externalId: properties["external_id"],
      mfaSerial: properties["mfa_serial"],
      durationSeconds: properties["duration_seconds"],
    },
    profile.name,
  );
}

/** The step of a role that stands in no profile. Throws `PlanError` for a value that STS would refuse. */
interface WrittenStep {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId: string | undefined;
  readonly mfaSerial: string | undefined;
  readonly durationSeconds: string | undefined;
}

export function stepOfRole(role: Role, sessionName: string): AssumeRoleStep {
  return checkedStep({
    roleArn: role.roleArn,
    sessionName: role.sessionName ?? sessionName,
    externalId: role.externalId,
    mfaSerial: role.mfaSerial,
    durationSeconds: role.durationSeconds,
  });
}

const checks: readonly {
  readonly field: keyof WrittenStep;
  readonly key: string;
  readonly problemOf: (value: string) => string | undefined;
}[] = [
  { field: "roleArn", key: "role_arn", problemOf: roleArnProblem },
  { field: "sessionName", key: "role_session_name", problemOf: sessionNameProblem },
  { field: "externalId", key: "external_id", problemOf: externalIdProblem },
  { field: "mfaSerial", key: "mfa_serial", problemOf: mfaSerialProblem },
  { field: "durationSeconds", key: "duration_seconds", problemOf: durationProblem },
];

function checkedStep(written: WrittenStep, profile?: string): AssumeRoleStep {
  for (const { field, key, problemOf } of checks) {
    const value = written[field];
    const message = value === undefined ? undefined : problemOf(value);
    if (message === undefined) continue;
    if (profile === undefined) throw new PlanError({ code: "bad-value", message });
    throw new PlanError({
      code: "bad-value",
      message: `${key} of profile "${profile}": ${message}`,
      profile,
      key,
    });
  }
  const { roleArn, sessionName, externalId, mfaSerial, durationSeconds } = written;
  return {
    roleArn,
    sessionName,
    ...(durationSeconds !== undefined && { durationSeconds: Number(durationSeconds) }),
    ...(externalId !== undefined && { externalId }),
    ...(mfaSerial !== undefined && { mfaSerial }),
  };
}
