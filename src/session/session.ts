import type { AssumedRole, Credentials } from "../aws/calls/credentials.ts";
import type { Plan } from "../aws/chain/chain.ts";
import type { Role } from "../aws/role/role.ts";

/** A role that was assumed, as long as AWS honours it. Holds secrets. */
export interface Session {
  /** The same for all sessions that are got by the same plan. Not secret. */
  readonly id: string;
  readonly role: Role;
  readonly plan: Plan;
  readonly credentials: Credentials;
  /** The identity that AWS sees, `arn:…:sts::account:assumed-role/name/session`, where AWS tells it. */
  readonly assumedRoleArn?: string;
  /** When it was got. Epoch ms. */
  readonly assumedAt: number;
  /** When it ends, by this machine's clock. Epoch ms. */
  readonly expiresAt: number;
  /** When it ends, by AWS's clock. Epoch ms. */
  readonly expiration: number;
  /** How far AWS's clock is ahead of this machine's. Ms. */
  readonly clockSkewMs: number;
}

/**
 * The Date header has whole seconds and travels; a smaller difference is no difference. Ms.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-date-origination
 */
const skewThatCountsMs = 30_000;

export function sessionOf(
  id: string,
  plan: Plan,
  assumed: AssumedRole,
  assumedAt: number,
): Session {
  const { credentials, assumedRoleArn, expiration } = assumed;
  const clockSkewMs = Math.abs(assumed.clockSkewMs) < skewThatCountsMs ? 0 : assumed.clockSkewMs;
  const expiresAt = expiration - clockSkewMs;
  return {
    id,
    role: plan.role,
    plan,
    credentials,
    ...(assumedRoleArn && { assumedRoleArn }),
    assumedAt,
    expiration,
    expiresAt,
    clockSkewMs,
  };
}
