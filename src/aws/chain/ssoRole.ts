import type { Environment, Profile, SharedConfig } from "../config/profiles.ts";
import type { SsoOrigin } from "../role/role.ts";
import { parseList } from "../role/sessionTags.ts";
import type { SsoEndpoints, SsoRole, SsoSession } from "../sso/session.ts";
import { configuredEndpoint } from "./endpoint.ts";
import { PlanError } from "./planProblem.ts";

/** What lists accounts and roles and gives credentials; AWS's own tools ask for it, too. */
const defaultScope = "sso:account:access";

type Properties = Profile["properties"];

/** Whether a profile asks Identity Center for credentials. These two keys decide it in botocore. */
export function namesSsoRole(properties: Properties): boolean {
  return Boolean(properties["sso_account_id"] || properties["sso_role_name"]);
}

/** The permission set that a profile names. Throws `PlanError` where something is missing. */
export function ssoRoleOfProfile(profile: Profile, config: SharedConfig): SsoRole {
  const session = sessionOfProfile(profile, config);
  return {
    session,
    accountId: required(profile, "sso_account_id"),
    roleName: required(profile, "sso_role_name"),
  };
}

/** The permission set that was offered. Throws `PlanError` if the config has its sign-in no more. */
export function offeredSsoRole(
  { session: name, permissionSet }: SsoOrigin,
  config: SharedConfig,
): SsoRole {
  const session = ssoSessionsOf(config).find((candidate) => candidate.name === name);
  if (session !== undefined) {
    return { session, accountId: permissionSet.accountId, roleName: permissionSet.name };
  }
  throw new PlanError({
    code: "missing-sso-session",
    message: `The config file no longer has the sign-in "${name}".`,
  });
}

/** Every sign-in that the files describe completely, the named ones first. */
export function ssoSessionsOf({ ssoSessions, profiles }: SharedConfig): SsoSession[] {
  const named = [...ssoSessions].flatMap(([name, section]) => sessionIn(name, section) ?? []);
  const unnamed = new Map<string, SsoSession>();
  for (const { properties } of profiles.values()) {
    const startUrl = properties["sso_start_url"];
    if (properties["sso_session"] !== undefined || startUrl === undefined) continue;
    const session = sessionIn(startUrl, properties);
    if (session !== undefined && !unnamed.has(startUrl)) unnamed.set(startUrl, session);
  }
  return [...named, ...unnamed.values()];
}

function sessionIn(name: string, properties: Properties): SsoSession | undefined {
  const startUrl = properties["sso_start_url"];
  const region = properties["sso_region"];
  if (!startUrl || !region) return undefined;
  const scopes = parseList(properties["sso_registration_scopes"] ?? "");
  return { name, startUrl, region, scopes: scopes.length > 0 ? scopes : [defaultScope] };
}

function sessionOfProfile(profile: Profile, { ssoSessions }: SharedConfig): SsoSession {
  const { properties } = profile;
  const name = properties["sso_session"];
  if (name === undefined) {
    const startUrl = required(profile, "sso_start_url");
    required(profile, "sso_region");
    return sessionIn(startUrl, properties) ?? missing(profile, "sso_region");
  }
  const section = ssoSessions.get(name);
  if (section === undefined) {
    throw new PlanError({
      code: "missing-sso-session",
      message: `Profile "${profile.name}" signs in by the sso-session "${name}", which the config file doesn't have.`,
      profile: profile.name,
      key: "sso_session",
    });
  }
  refuseContradiction(profile, name, section);
  const session = sessionIn(name, section);
  if (session !== undefined) return session;
  const key = section["sso_start_url"] ? "sso_region" : "sso_start_url";
  throw new PlanError({
    code: "no-credentials",
    message: `The sso-session "${name}" of profile "${profile.name}" has no ${key}.`,
    profile: profile.name,
    key: "sso_session",
  });
}

/** botocore refuses a profile that says otherwise than its sso-session, rather than choose. */
function refuseContradiction(profile: Profile, name: string, section: Properties): void {
  for (const key of ["sso_start_url", "sso_region"]) {
    const own = profile.properties[key];
    if (own === undefined || section[key] === undefined || own === section[key]) continue;
    throw new PlanError({
      code: "bad-value",
      message: `${key} of profile "${profile.name}" is "${own}", but that of its sso-session "${name}" is "${section[key]}".`,
      profile: profile.name,
      key,
    });
  }
}

function required(profile: Profile, key: string): string {
  return profile.properties[key] || missing(profile, key);
}

function missing(profile: Profile, key: string): never {
  throw new PlanError({
    code: "no-credentials",
    message: `Profile "${profile.name}" signs in to IAM Identity Center, but has no ${key}.`,
    profile: profile.name,
    key: "sso_account_id",
  });
}

/** Where Identity Center is called if the user configured an endpoint, as seen by a profile. */
export function ssoEndpoints(
  environment: Environment,
  config: SharedConfig,
  profile: Profile | undefined,
): SsoEndpoints {
  const oidc = configuredEndpoint("ssoOidc", environment, config, profile);
  const portal = configuredEndpoint("sso", environment, config, profile);
  return { ...(oidc && { oidc }), ...(portal && { portal }) };
}
