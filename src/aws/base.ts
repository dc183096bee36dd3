import { PlanError } from "./planProblem.ts";
import type { Profile } from "./profiles.ts";

/** Where the credentials that assume the first role of a chain come from. Holds no secret. */
export type Base =
  | { readonly kind: "static-keys"; readonly profile: string }
  | { readonly kind: "web-identity"; readonly profile: string }
  | { readonly kind: "sso"; readonly profile: string }
  | { readonly kind: "credential-process"; readonly profile: string }
  | { readonly kind: "login"; readonly profile: string }
  | {
      readonly kind: "credential-source";
      readonly profile: string;
      readonly source: CredentialSource;
    }
  | { readonly kind: "environment" }
  | { readonly kind: "default-chain" };

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html */
export type CredentialSource = "Environment" | "Ec2InstanceMetadata" | "EcsContainer";

/** The rules by which a profile without a role gives credentials; the first that fits is taken. */
const baseRules: readonly {
  readonly kind: "sso" | "static-keys" | "credential-process" | "login";
  readonly fits: (properties: Profile["properties"]) => boolean;
}[] = [
  // botocore asks its SSO provider before it looks for keys in the files.
  { kind: "sso", fits: (p) => Boolean(p["sso_session"] || p["sso_start_url"]) },
  {
    kind: "static-keys",
    fits: hasStaticKeys,
  },
  // A profile that `aws login` wrote keeps its keys in the CLI's cache.
  { kind: "login", fits: (p) => Boolean(p["login_session"]) },
  // Last, because a process may cost seconds and prompt.
  { kind: "credential-process", fits: (p) => Boolean(p["credential_process"]) },
];

/** The base that a profile without a role is. Throws `PlanError` if it gives no credentials. */
export function baseOfProfile(profile: Profile): Base {
  const rule = baseRules.find(({ fits }) => fits(profile.properties));
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
    baseRules.some(({ fits }) => fits(profile.properties))
  );
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
      return true;
    case "credential-source":
      return base.source !== "Environment";
    case "static-keys":
    case "credential-process":
    case "login":
    case "environment":
    case "default-chain":
      return false;
  }
}

/** The base by the name that the user knows it by, as in "the keys of profile dev". */
export function nameOfBase(base: Base): string {
  switch (base.kind) {
    case "static-keys":
      return `the keys of profile "${base.profile}"`;
    case "web-identity":
      return `the web identity of profile "${base.profile}"`;
    case "sso":
      return `the IAM Identity Center sign-in of profile "${base.profile}"`;
    case "credential-process":
      return `the credential_process of profile "${base.profile}"`;
    case "login":
      return `the "aws login" session of profile "${base.profile}"`;
    case "credential-source":
      return nameOfCredentialSource[base.source];
    case "environment":
      return "the keys in the environment";
    case "default-chain":
      return "the default credential chain";
  }
}

const nameOfCredentialSource = {
  Environment: "the keys in the environment",
  Ec2InstanceMetadata: "the EC2 instance profile",
  EcsContainer: "the ECS task role",
} as const;
