import type { BaseCredentials } from "../calls/credentials.ts";
import { type Base, type CredentialSource, nameOfBase } from "../chain/base.ts";
import { BaseError } from "./baseError.ts";
import { containerRole } from "./containerRole.ts";
import type { BaseContext } from "./context.ts";
import { credentialProcess } from "./credentialProcess.ts";
import { environmentKeys } from "./environmentKeys.ts";
import { instanceProfile } from "./instanceProfile.ts";
import { login } from "./login.ts";
import { staticKeys } from "./staticKeys.ts";
import { webIdentity } from "./webIdentity.ts";

/**
 * Gets the credentials of a base. Throws `BaseError`, `StsError` where STS was asked, `SsoError`
 * where Identity Center was.
 */
export async function baseCredentials(base: Base, context: BaseContext): Promise<BaseCredentials> {
  const credentials = await sourceOf(base, context);
  const { expiration, clockSkewMs = 0 } = credentials;
  if (expiration === undefined || expiration - clockSkewMs > context.now()) return credentials;
  throw new BaseError(
    "BaseExpired",
    `The credentials of ${nameOfBase(base)} ended at ${new Date(expiration).toISOString()}.`,
  );
}

async function sourceOf(base: Base, context: BaseContext): Promise<BaseCredentials> {
  switch (base.kind) {
    case "static-keys":
      return staticKeys(base.profile, context);
    case "environment":
      return environmentKeys(context.environment);
    case "credential-source":
      return credentialSources[base.source](base.profile, context);
    case "container":
      return containerRole(context);
    case "default-chain":
      return instanceProfile(base.profile, context);
    case "credential-process":
      return credentialProcess(base.profile, context);
    case "login":
      return login(base.profile, context);
    case "web-identity":
      return webIdentity(base, context);
    case "sso":
      return permissionSet(base, context);
  }
}

async function permissionSet(
  { role, endpoints }: Extract<Base, { kind: "sso" }>,
  { mayAsk, signal, sso }: BaseContext,
): Promise<BaseCredentials> {
  return (await sso()).credentials(role, endpoints, signal, mayAsk ? "ask" : "silent");
}

const credentialSources: Readonly<
  Record<CredentialSource, (profile: string, context: BaseContext) => Promise<BaseCredentials>>
> = {
  Environment: async (_, { environment }) => environmentKeys(environment),
  EcsContainer: (_, context) => containerRole(context),
  Ec2InstanceMetadata: instanceProfile,
};
