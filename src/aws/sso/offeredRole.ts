import type { Role } from "../role/role.ts";

/** A permission set that a user may use in an account. */
export interface OfferedRole {
  /** Twelve digits. */
  readonly accountId: string;
  /** What the organization calls the account. */
  readonly accountName: string;
  readonly roleName: string;
}

/** The role that a permission set is, which a sign-in offers. */
export function roleOfOffer(
  session: string,
  { accountId, accountName, roleName }: OfferedRole,
): Role {
  const permissionSet = { accountId, name: roleName, ...(accountName && { accountName }) };
  return {
    origin: { kind: "sso", session, permissionSet },
    name: `${accountName || accountId}/${roleName}`,
    permissionSet,
  };
}
