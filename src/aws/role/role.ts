import type { Profile, SharedConfig } from "../config/profiles.ts";
import { parseRoleArn } from "./arn.ts";

/** Where a role's description stands. */
export type RoleOrigin =
  | { readonly kind: "profile"; readonly profile: string }
  | SsoOrigin
  | { readonly kind: "setting" }
  | { readonly kind: "arn" };

/** A permission set that IAM Identity Center offers to a user who signed in. */
export interface SsoOrigin {
  readonly kind: "sso";
  /** The `[sso-session …]` section, or the start URL of profiles that sign in without one. */
  readonly session: string;
  readonly permissionSet: PermissionSet;
}

/** What stands for a role in Identity Center, which names the role itself. */
export interface PermissionSet {
  /** Twelve digits. */
  readonly accountId: string;
  /** What the organization calls the account, where that is known. */
  readonly accountName?: string;
  readonly name: string;
}

/** What AssumeRole takes beside the ARN, as the user wrote it; the planner checks it. */
export interface RoleParameters {
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly durationSeconds?: string;
  readonly sourceIdentity?: string;
  /** Session tags by key. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  /** An inline session policy, JSON. */
  readonly policy?: string;
  /** Managed session policies. */
  readonly policyArns?: readonly string[];
}

/**
 * What can be assumed, as it is written down by the user: a profile, an entry of the setting
 * `awsAssumeRole.roles`, or an ARN that was typed. The parameters of a profile's role stand in the
 * profile.
 */
export interface Role extends RoleParameters {
  readonly origin: RoleOrigin;
  /** What the user calls it: the profile, the setting's name, or the role's own name. */
  readonly name: string;
  /** None of a permission set: only Identity Center knows the ARN of its role. */
  readonly roleArn?: string;
  readonly permissionSet?: PermissionSet;
  /** The profile whose credentials assume the role; of a profile's role, see the profile itself. */
  readonly sourceProfile?: string;
  readonly region?: string;
  /** Whether the session is to be scoped down to reading. */
  readonly readOnly?: boolean;
}

/** Tells roles apart, and is the same for one role over time. Not secret. */
export function roleId({ origin, name, readOnly, ...written }: Role): string {
  const id = idOfOrigin(origin, name, written);
  return readOnly ? `${id}|read-only` : id;
}

function idOfOrigin(origin: RoleOrigin, name: string, written: object): string {
  switch (origin.kind) {
    case "profile":
      return `profile:${origin.profile}`;
    case "sso": {
      const { accountId, name: set } = origin.permissionSet;
      return `sso:${JSON.stringify([origin.session, accountId, set])}`;
    }
    case "setting":
      return `setting:${name}`;
    case "arn":
      return `arn:${JSON.stringify(written)}`;
  }
}

/** What the UI calls a role. */
export function shownName({ name, readOnly }: Role): string {
  return readOnly ? `${name} read-only` : name;
}

/** The account of a role; empty if its ARN can't be read. */
export function accountOf({ roleArn, permissionSet }: Role): string {
  return permissionSet?.accountId ?? parseRoleArn(roleArn ?? "")?.account ?? "";
}

/** What is assumed, in AWS's terms: the ARN of the role, or the permission set. */
export function targetOf({ roleArn, permissionSet }: Role): string {
  if (roleArn !== undefined || permissionSet === undefined) return roleArn ?? "";
  return `permission set ${permissionSet.name} in account ${permissionSet.accountId}`;
}

/** Every profile that names a role, in the order of the files. Nothing is checked or resolved. */
export function rolesOfProfiles(config: SharedConfig): Role[] {
  return [...config.profiles.values()].flatMap((profile) => roleOfProfile(profile) ?? []);
}

/** The role that a profile names, if it names one. */
export function roleOfProfile({ name, properties }: Profile): Role | undefined {
  const roleArn = properties["role_arn"];
  const permissionSet = permissionSetOf(properties);
  if (roleArn === undefined && permissionSet === undefined) return undefined;
  const region = properties["region"];
  return {
    origin: { kind: "profile", profile: name },
    name,
    ...(roleArn !== undefined ? { roleArn } : permissionSet && { permissionSet }),
    ...(properties["source_profile"] && { sourceProfile: properties["source_profile"] }),
    ...(properties["mfa_serial"] && { mfaSerial: properties["mfa_serial"] }),
    ...(region && { region }),
  };
}

function permissionSetOf(properties: Profile["properties"]): PermissionSet | undefined {
  const accountId = properties["sso_account_id"];
  const name = properties["sso_role_name"];
  return accountId && name ? { accountId, name } : undefined;
}
