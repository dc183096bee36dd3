import type { Account, Permissions, Role, User } from "../world.ts";
import { assumedRoleArn, roleArn, userArn } from "./arn.ts";
import { uniqueId } from "./directory.ts";

/** Someone who can sign a request. */
export type Principal = UserPrincipal | RolePrincipal;

export interface UserPrincipal {
  readonly kind: "user";
  readonly account: Account;
  readonly user: User;
}

export interface RolePrincipal {
  readonly kind: "role";
  readonly account: Account;
  readonly role: Role;
  readonly sessionName: string;
}

/** The ARN that GetCallerIdentity answers and that error messages name. */
export function arnOf(principal: Principal): string {
  return principal.kind === "user"
    ? userArn(principal.account, principal.user)
    : assumedRoleArn(principal.account, principal.role, principal.sessionName);
}

/** The `UserId` of GetCallerIdentity: of a role session, the role's id and the session name. */
export function userIdOf(principal: Principal): string {
  if (principal.kind === "user") {
    return uniqueId("AIDA", arnOf(principal));
  }
  const { account, role, sessionName } = principal;
  return `${uniqueId("AROA", roleArn(account, role))}:${sessionName}`;
}

/** What the policies attached to the user or to the session's role allow. */
export function permissionsOf(principal: Principal): Permissions {
  return principal.kind === "user"
    ? principal.user.permissions
    : (principal.role.permissions ?? {});
}
