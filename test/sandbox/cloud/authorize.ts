import { notAuthorized } from "../awsError.ts";
import type { Trust } from "../world.ts";
import { roleArn, rootArn } from "./arn.ts";
import type { Caller } from "./authenticate.ts";
import type { RoleEntry } from "./directory.ts";
import { arnOf, type Principal, permissionsOf } from "./principal.ts";
import { sessionPolicyAllows } from "./sessionPolicy.ts";
import { matchesAction, matchesWildcard } from "./wildcard.ts";

/** What of an AssumeRole request the policies look at. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly externalId: string | undefined;
  /** Whether the request carries an MFA code or comes from a session that does. */
  readonly mfa: boolean;
  readonly hasTags: boolean;
  readonly hasSourceIdentity: boolean;
}

/** Throws `AccessDenied` unless the caller's own policies allow the action. */
export function authorizeAction(caller: Caller, action: string, resource = "*"): void {
  const granted = permissionsOf(caller.principal).actions ?? [];
  if (
    !granted.some((pattern) => matchesAction(pattern, action)) ||
    !withinSessionPolicy(caller, action, resource)
  ) {
    throw notAuthorized(arnOf(caller.principal), action);
  }
}

/**
 * Evaluates the role's trust policy and the caller's own policies (IAM documentation, "Policy evaluation logic"):
 * within an account a trust that names the caller itself suffices, any other needs the caller's policy as well.
 * A role that does not exist is denied like one that does not trust the caller. Throws `AccessDenied`.
 */
export function authorizeAssumeRole(
  caller: Caller,
  entry: RoleEntry | undefined,
  request: AssumeRoleRequest,
): RoleEntry {
  const deny = (action: string) => notAuthorized(arnOf(caller.principal), action, request.roleArn);
  if (
    entry === undefined ||
    !conditionsHold(entry.role.trust, request) ||
    !policiesAllow(caller, entry, request) ||
    !withinSessionPolicy(caller, "sts:AssumeRole", request.roleArn)
  ) {
    throw deny("sts:AssumeRole");
  }
  if (request.hasTags && entry.role.trust.allowsTags !== true) {
    throw deny("sts:TagSession");
  }
  if (request.hasSourceIdentity && entry.role.trust.allowsSourceIdentity !== true) {
    throw deny("sts:SetSourceIdentity");
  }
  return entry;
}

function conditionsHold(trust: Trust, request: AssumeRoleRequest): boolean {
  return (
    (trust.externalId === undefined || trust.externalId === request.externalId) &&
    (trust.mfa === undefined || request.mfa)
  );
}

function policiesAllow(caller: Caller, entry: RoleEntry, request: AssumeRoleRequest): boolean {
  const { principal } = caller;
  const { principals } = entry.role.trust;
  const sameAccount = principal.account.id === entry.account.id;
  const namesCaller = principals.includes("*") || namesOf(principal).some(isIn(principals));
  const { account } = principal;
  const namesAccount = [account.id, rootArn(account)].some(isIn(principals));
  return (
    (sameAccount && namesCaller) ||
    ((namesCaller || namesAccount) && ownPolicyAllows(principal, request))
  );
}

function isIn(list: readonly string[]): (text: string) => boolean {
  return (text) => list.includes(text);
}

/** The ARNs by which a trust policy can name a principal directly. */
function namesOf(principal: Principal): readonly string[] {
  return principal.kind === "user"
    ? [arnOf(principal)]
    : [arnOf(principal), roleArn(principal.account, principal.role)];
}

function ownPolicyAllows(principal: Principal, request: AssumeRoleRequest): boolean {
  return (permissionsOf(principal).assumeRole ?? []).some(
    (grant) =>
      (grant.mfa === undefined || request.mfa) &&
      grant.roles.some((pattern) => matchesWildcard(pattern, request.roleArn)),
  );
}

function withinSessionPolicy(caller: Caller, action: string, resource: string): boolean {
  const policy = caller.session?.sessionPolicy;
  return policy === undefined || sessionPolicyAllows(policy, action, resource);
}
