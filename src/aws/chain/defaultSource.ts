import {
  activeProfileName,
  activeProfileVariable,
  type Environment,
  type Profile,
} from "../config/profiles.ts";
import { type Base, namesCredentials } from "./base.ts";
import type { PlanContext } from "./planContext.ts";
import { PlanError } from "./planProblem.ts";
import { stepOfRole } from "./step.ts";

/** A base, or the profile that leads to one. */
export type DefaultSource =
  | { readonly base: Base; readonly profile?: never }
  | { readonly profile: string; readonly base?: never };

type DefaultRule = (context: PlanContext, active: Profile | undefined) => DefaultSource | undefined;

/**
 * Where credentials come from if nobody is named: the first rule that fits, in botocore's order
 * (`create_credential_resolver`), which differs from the SDK for JavaScript's.
 */
const defaultRules: readonly DefaultRule[] = [
  // The SDK for JavaScript lets AWS_PROFILE outrank keys of the environment; the CLI does not.
  environmentKeys,
  // A role of the active profile comes before a web identity of the environment.
  activeRole,
  // In a pod or a CI job it comes before what the profile has by itself.
  environmentWebIdentity,
  activeProfile,
  // Only where a variable says so. The CLI asks no further if it fails.
  containerRole,
  // Whatever the machine is: asking is the only way to find out.
  (context) => ({
    base: { kind: "default-chain", profile: activeProfileName(context.environment) },
  }),
];

/** Throws `PlanError` if what is meant can't be used. */
export function defaultSource(context: PlanContext): DefaultSource {
  const active = context.config.profiles.get(activeProfileName(context.environment));
  for (const rule of defaultRules) {
    const source = rule(context, active);
    if (source !== undefined) return source;
  }
  throw new Error("The last rule fits always.");
}

function environmentKeys({ environment }: PlanContext): DefaultSource | undefined {
  const isGiven = environment["AWS_ACCESS_KEY_ID"] && environment["AWS_SECRET_ACCESS_KEY"];
  return isGiven ? { base: { kind: "environment" } } : undefined;
}

function activeRole({ environment }: PlanContext, active?: Profile): DefaultSource | undefined {
  const variable = activeProfileVariable(environment);
  if (active === undefined && variable !== undefined) {
    throw new PlanError({
      code: "missing-profile",
      message: `The environment variable ${variable} names the profile "${activeProfileName(environment)}", which no config file has.`,
    });
  }
  const { role_arn: role, web_identity_token_file: tokenFile } = active?.properties ?? {};
  return active && role && !tokenFile ? { profile: active.name } : undefined;
}

/** Each variable outranks the key of the profile that means the same. */
function environmentWebIdentity(
  { environment, sessionName }: PlanContext,
  active?: Profile,
): DefaultSource | undefined {
  const tokenFile = environment["AWS_WEB_IDENTITY_TOKEN_FILE"];
  if (!tokenFile) return undefined;
  const roleArn = environment["AWS_ROLE_ARN"] || active?.properties["role_arn"];
  if (!roleArn) {
    throw new PlanError({
      code: "role-missing",
      message:
        "The environment variable AWS_WEB_IDENTITY_TOKEN_FILE names a token, but AWS_ROLE_ARN, the role for it, is missing.",
    });
  }
  const named = environment["AWS_ROLE_SESSION_NAME"] || active?.properties["role_session_name"];
  const role = { origin: { kind: "arn" }, name: roleArn, roleArn } as const;
  return {
    base: { kind: "web-identity", tokenFile, step: stepOfRole(role, named || sessionName) },
  };
}

function activeProfile(_: PlanContext, active?: Profile): DefaultSource | undefined {
  return active && namesCredentials(active) ? { profile: active.name } : undefined;
}

function containerRole({ environment }: PlanContext): DefaultSource | undefined {
  return hasContainerEndpoint(environment) ? { base: { kind: "container" } } : undefined;
}

/** Whether the environment names an endpoint for a container's credentials. */
function hasContainerEndpoint(environment: Environment): boolean {
  return Boolean(
    environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] ||
      environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
  );
}
