import type { Profile, SharedConfig } from "../config/profiles.ts";
import { parseRoleArn } from "./arn.ts";

/** Where a role's description stands. */
export type RoleOrigin =
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "setting" }
  | { readonly kind: "arn" };

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
  readonly roleArn: string;
  /** The profile whose credentials assume the role; of a profile's role, see the profile itself. */
  readonly sourceProfile?: string;
  readonly region?: string;
  /** Whether the session is to be scoped down to reading. */
  readonly readOnly?: boolean;
}

/** Tells roles apart, and is the same for one role over time. Not secret. */
export function roleId({ origin, name, readOnly, ...written }: Role): string {
  const id =
    origin.kind === "profile"
      ? `profile:${origin.profile}`
      : origin.kind === "setting"
        ? `setting:${name}`
        : `arn:${JSON.stringify(written)}`;
  return readOnly ? `${id}|read-only` : id;
}

/** What the UI calls a role. */
export function shownName({ name, readOnly }: Role): string {
  return readOnly ? `${name} read-only` : name;
}

/** The account of a role's ARN; empty if the ARN can't be read. */
export function accountOf(role: Role): string {
  return parseRoleArn(role.roleArn)?.account ?? "";
}

/** Every profile that names a role, in the order of the files. Nothing is checked or resolved. */
export function rolesOfProfiles(config: SharedConfig): Role[] {
  return [...config.profiles.values()].flatMap((profile) => roleOfProfile(profile) ?? []);
}

/** The role that a profile names, if it names one. */
export function roleOfProfile({ name, properties }: Profile): Role | undefined {
  const roleArn = properties["role_arn"];
  if (roleArn === undefined) return undefined;
  const region = properties["region"];
  return {
    origin: { kind: "profile", profile: name },
    name,
    roleArn,
    ...(properties["source_profile"] && { sourceProfile: properties["source_profile"] }),
    ...(properties["mfa_serial"] && { mfaSerial: properties["mfa_serial"] }),
    ...(region && { region }),
  };
}
