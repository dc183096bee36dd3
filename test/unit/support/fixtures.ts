import type { RawError } from "../../../src/aws/calls/rawError.ts";
import { type Plan, planChain } from "../../../src/aws/chain/chain.ts";
import type { Environment, Profile, SharedConfig } from "../../../src/aws/config/profiles.ts";
import { type CallFailure, mayPass } from "../../../src/aws/execution/failure.ts";
import { explain } from "../../../src/aws/explain/explain.ts";
import { type Role, rolesOfProfiles } from "../../../src/aws/role/role.ts";
import type { AssumeOutcome } from "../../../src/session/assume.ts";
import type { Renewal } from "../../../src/session/renewal.ts";
import type { Session } from "../../../src/session/session.ts";
import type { SessionPhase, SessionState } from "../../../src/session/state.ts";

/** A text that is in every secret of the fixtures: what is shown or logged must not contain it. */
export const canary = "CANARYkeepSecret";

export const account = "111122223333";

/** The ARN of a role in the account of the fixtures. */
export const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** Properties of a profile with long-term keys. */
export const keys = {
  aws_access_key_id: "AKIAFIXTURE000000001",
  aws_secret_access_key: `${canary}+secret/key`,
} as const;

type Sections = Readonly<Record<string, Profile["properties"]>>;

/** The shared config as if it had been read; deeply frozen, so that a write to it throws. */
export function configOf(
  profiles: Sections,
  services: Sections = {},
  ssoSessions: Sections = {},
): SharedConfig {
  const frozen = (name: string, properties: Profile["properties"]): Profile =>
    Object.freeze({ name, properties: Object.freeze({ ...properties }) });
  return Object.freeze({
    files: Object.freeze({ config: "/nowhere/config", credentials: "/nowhere/credentials" }),
    profiles: new Map(Object.entries(profiles).map(([name, p]) => [name, frozen(name, p)])),
    services: new Map(Object.entries(services)),
    ssoSessions: new Map(Object.entries(ssoSessions)),
  });
}

/** The role of a profile, as the picker lists it. */
export function roleOfProfile(config: SharedConfig, name: string): Role {
  const role = rolesOfProfiles(config).find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`The fixture has no role "${name}".`);
  return Object.freeze(role);
}

/** A role as the setting has it. */
export function settingRole(more: Partial<Role> = {}): Role {
  const role: Role = {
    origin: { kind: "setting" },
    name: "From setting",
    roleArn: arnOf("Setting"),
    ...more,
  };
  return Object.freeze(role);
}

/** The plan of a role, where there is no problem. */
export function planOf(role: Role, config: SharedConfig, environment: Environment = {}): Plan {
  const { plan, problem } = planChain(role, { config, environment, sessionName: "me-vscode" });
  if (problem) throw new Error(problem.message);
  return plan;
}

/** A profile `dev` with a role, on the keys of `default`. */
export const devConfig = configOf({
  default: keys,
  dev: { role_arn: arnOf("Dev"), source_profile: "default", region: "eu-central-1" },
});
export const devRole = roleOfProfile(devConfig, "dev");
export const devPlan = planOf(devRole, devConfig);

/** A session of the role `dev`. */
export function sessionUntil(expiresAt: number, more: Partial<Session> = {}): Session {
  return {
    id: "dev",
    assumedAt: expiresAt - 3_600_000,
    role: devRole,
    plan: devPlan,
    credentials: {
      accessKeyId: "ASIAFIXTURE000000001",
      secretAccessKey: `${canary}-session-secret`,
      sessionToken: `${canary}-session-token`,
    },
    assumedRoleArn: `arn:aws:sts::${account}:assumed-role/Dev/me-vscode`,
    expiresAt,
    expiration: expiresAt,
    clockSkewMs: 0,
    ...more,
  };
}

/** A call of the role `dev` that failed. */
export function callFailure(
  cause: Partial<RawError>,
  more: Partial<Omit<CallFailure, "cause" | "kind">> = {},
): CallFailure {
  return {
    kind: "call",
    base: devPlan.base,
    step: { roleArn: arnOf("Dev"), sessionName: "me-vscode" },
    chained: false,
    region: "eu-central-1",
    cause: { code: "Error", message: "Something.", ...cause },
    ...more,
  };
}

/** How an attempt at the role `dev` fails. */
export function failedOutcome(cause: Partial<RawError>): AssumeOutcome {
  const failure = callFailure(cause);
  return {
    kind: "failed",
    failure,
    explanation: explain(failure, devRole),
    mayPass: mayPass(failure),
  };
}

/** The state of a session that, unless told otherwise, nobody renews and nobody is told of. */
export function activeState(
  session: Session,
  renewal: Renewal = { isUnderWay: false, failures: 0, isTold: false },
): SessionPhase {
  return { kind: "active", session, renewal };
}

/** States of every kind at a time, with nothing being assumed. */
export function statesAt(now: number): Readonly<Record<SessionState["kind"], SessionState>> {
  return {
    none: { kind: "none" },
    active: activeState(sessionUntil(now + 3_600_000)),
    expiring: { ...activeState(sessionUntil(now + 300_000)), kind: "expiring" },
    expired: { kind: "expired", role: devRole, expiredAt: now - 1000 },
    failed: { kind: "failed", role: devRole, explanation: explain(callFailure({}), devRole) },
  };
}
