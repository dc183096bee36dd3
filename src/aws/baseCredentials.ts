import type { Base, CredentialSource } from "./base.ts";
import { containerRole } from "./bases/containerRole.ts";
import type { BaseContext, BaseCredentials } from "./bases/context.ts";
import { defaultChain } from "./bases/defaultChain.ts";
import { environmentKeys } from "./bases/environmentKeys.ts";
import { instanceProfile } from "./bases/instanceProfile.ts";
import { profileProvider } from "./bases/profileProvider.ts";
import { staticKeys } from "./bases/staticKeys.ts";

/** Gets the credentials of a base. Throws what the SDK's provider throws. */
export async function baseCredentials(base: Base, context: BaseContext): Promise<BaseCredentials> {
  switch (base.kind) {
    case "static-keys":
      return staticKeys(base.profile, context);
    case "environment":
      return environmentKeys(context);
    case "credential-source":
      return credentialSources[base.source](context);
    case "default-chain":
      return defaultChain(context);
    case "credential-process":
    case "login":
    case "sso":
    case "web-identity":
      return profileProvider(base.profile, context);
  }
}

const credentialSources: Readonly<
  Record<CredentialSource, (context: BaseContext) => Promise<BaseCredentials>>
> = {
  Environment: environmentKeys,
  EcsContainer: containerRole,
  Ec2InstanceMetadata: instanceProfile,
};
