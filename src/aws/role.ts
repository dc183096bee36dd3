import { parseRoleArn } from "./arn.ts";
import type { Profile, SharedConfig } from "./profiles.ts";

/** Where a role's description stands. */
export type RoleOrigin =
  | { readonly kind: "profile"; readonly profile: string }
  | { readonly kind: "setting" }
  | { readonly kind: "arn" };

/**
 * What can be assumed, as it is written down by the user: a profile, an entry of the setting
 * `awsAssumeRole.roles`, or an ARN that was typed. Values are as written, checked by the planner.
 */
export interface Role {
  readonly origin: RoleOrigin;
  /** What the user calls it: the profile, the setting's name, or the role's own name. */
  readonly name: string;
  readonly roleArn: string;
  /** The profile whose credentials assume the role; of a profile's role, see the profile itself. */
  readonly sourceProfile?: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly mfaSerial?: string;
  readonly durationSeconds?: string;
  readonly region?: string;
}

/** Tells roles apart, and is the same for one role over time. Not secret. */
export function roleId(role: Role): string {
  const { origin } = role;
  if (origin.kind === "profile") return `profile:${origin.profile}`;
  if (origin.kind === "setting") return `setting:${role.name}`;
  return `arn:${role.roleArn}|${role.sessionName ?? ""}|${role.sourceProfile ?? ""}`;
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
