import type { Profile } from "../config/profiles.ts";
import type { SsoEndpoints, SsoRole } from "../sso/session.ts";
import type { PlanContext } from "./planContext.ts";
import { PlanError } from "./planProblem.ts";
import { namesSsoRole, ssoEndpoints, ssoRoleOfProfile } from "./ssoRole.ts";
import { type AssumeRoleStep, stepOfProfile } from "./step.ts";

/** Where the credentials that assume the first role of a chain come from. Holds no secret. */
export type Base =
  | { readonly kind: "static-keys"; readonly profile: string }
  | {
      readonly kind: "web-identity";
      /** None if the environment has it. */
      readonly profile?: string;
      /** Where the identity provider's token is. */
      readonly tokenFile: string;
      /** What the token is exchanged for. */
      readonly step: AssumeRoleStep;
    }
  | {
      readonly kind: "sso";
      /** None if Identity Center itself offered the role. */
      readonly profile?: string;
      readonly role: SsoRole;
      readonly endpoints: SsoEndpoints;
    }
  | { readonly kind: "credential-process"; readonly profile: string }
  | { readonly kind: "login"; readonly profile: string }
  | {
      readonly kind: "credential-source";
      readonly profile: string;
      readonly source: CredentialSource;
    }
  | { readonly kind: "environment" }
  | { readonly kind: "container" }
  /** What is left: the EC2 instance profile, asked for as the active profile says. */
  | { readonly kind: "default-chain"; readonly profile: string };

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
export type CredentialSource = "Environment" | "Ec2InstanceMetadata" | "EcsContainer";

/**
 * The rules by which a profile gives credentials without another's help; the first that fits is
 * taken. The order is botocore's (`ProfileProviderBuilder`), after web identity, which outranks all.
 */
const baseRules: readonly {
  readonly kind: "sso" | "static-keys" | "credential-process" | "login";
  readonly fits: (profile: Profile) => boolean;
}[] = [
  // The SDK for JavaScript takes keys in the file first, and so works as someone else than the CLI.
  { kind: "sso", fits: ({ properties }) => namesSsoRole(properties) },
  {
    kind: "static-keys",
    fits: (profile) => hasStaticKeys(profile.properties) && profile.keysFile !== "config",
  },
  // A profile that `aws login` wrote keeps its keys in the CLI's cache.
  { kind: "login", fits: ({ properties }) => Boolean(properties["login_session"]) },
  {
    kind: "credential-process",
    fits: ({ properties }) => Boolean(properties["credential_process"]),
  },
  // Keys that stand in the config file, not in the credentials file, come last for the CLI only.
  { kind: "static-keys", fits: (profile) => hasStaticKeys(profile.properties) },
];

/** The base that a profile without a role is. Throws `PlanError` if it gives no credentials. */
export function baseOfProfile(
  profile: Profile,
  { config, environment }: Pick<PlanContext, "config" | "environment">,
): Base {
  const rule = baseRules.find(({ fits }) => fits(profile));
  if (rule?.kind === "sso") {
    const role = ssoRoleOfProfile(profile, config);
    const endpoints = ssoEndpoints(environment, config, profile);
    return { kind: "sso", profile: profile.name, role, endpoints };
  }
  if (rule) return { kind: rule.kind, profile: profile.name };
  throw new PlanError({
    code: "no-credentials",
    message: `Profile "${profile.name}" gives no credentials: it has no keys, no sign-in and no process to ask.`,
    profile: profile.name,
  });
}

/** Whether a profile leads to credentials at all, by itself or through a role. */
export function namesCredentials(profile: Profile): boolean {
  return (
    profile.properties["role_arn"] !== undefined ||
    profile.properties["web_identity_token_file"] !== undefined ||
    baseRules.some(({ fits }) => fits(profile))
  );
}

/**
 * The base of a profile that names the file of a token, or `undefined`. The CLI asks for it before
 * all else, `source_profile` included. Throws `PlanError` if the role is missing.
 */
export function webIdentityOfProfile(profile: Profile, sessionName: string): Base | undefined {
  const { role_arn: roleArn, web_identity_token_file: tokenFile } = profile.properties;
  if (!tokenFile) return undefined;
  if (roleArn) {
    const step = stepOfProfile(profile, roleArn, sessionName);
    return { kind: "web-identity", profile: profile.name, tokenFile, step };
  }
  throw new PlanError({
    code: "role-missing",
    message: `Profile "${profile.name}" has the token of a web identity, but names no role: role_arn is missing.`,
    profile: profile.name,
    key: "web_identity_token_file",
  });
}

export function hasStaticKeys(properties: Profile["properties"]): boolean {
  return Boolean(properties["aws_access_key_id"] && properties["aws_secret_access_key"]);
}

/** The base that `credential_source` names. Throws `PlanError` if the word is unknown. */
export function baseOfCredentialSource(profile: Profile, source: string): Base {
  if (source === "Environment" || source === "Ec2InstanceMetadata" || source === "EcsContainer") {
    return { kind: "credential-source", profile: profile.name, source };
  }
  throw new PlanError({
    code: "bad-value",
    message: `credential_source of profile "${profile.name}" is "${source}"; it can be Environment, Ec2InstanceMetadata or EcsContainer.`,
    profile: profile.name,
    key: "credential_source",
  });
}

/** Whether the base's credentials are themselves a role's session, so that a step from them is chained. */
export function isRoleBase(base: Base): boolean {
  switch (base.kind) {
    case "sso":
    case "web-identity":
    case "container":
    case "default-chain":
      return true;
    case "credential-source":
      return base.source !== "Environment";
    case "static-keys":
    case "credential-process":
    case "login":
    case "environment":
      return false;
  }
}

/** The base by the name that the user knows it by, as in "the keys of profile dev". */
export function nameOfBase(base: Base): string {
  switch (base.kind) {
    case "static-keys":
      return `the keys of profile "${base.profile}"`;
    case "web-identity":
      return base.profile === undefined
        ? "the web identity in the environment"
        : `the web identity of profile "${base.profile}"`;
    case "sso":
      return `the permission set ${base.role.roleName} of account ${base.role.accountId} (IAM Identity Center)`;
    case "credential-process":
      return `the credential_process of profile "${base.profile}"`;
    case "login":
      return `the "aws login" session of profile "${base.profile}"`;
    case "credential-source":
      return nameOfCredentialSource[base.source];
    case "environment":
      return "the keys in the environment";
    case "container":
      return nameOfCredentialSource.EcsContainer;
    case "default-chain":
      return nameOfCredentialSource.Ec2InstanceMetadata;
  }
}

const nameOfCredentialSource = {
  Environment: "the keys in the environment",
  Ec2InstanceMetadata: "the EC2 instance profile",
  EcsContainer: "the container's role (ECS or EKS)",
} as const;
