import { type BaseContext, type BaseCredentials, credentialsOf } from "./context.ts";

/** What the SDK makes of a profile without a role of its own. */
export async function profileProvider(
  profile: string,
  { sdk, config }: BaseContext,
): Promise<BaseCredentials> {
  const provider = sdk.fromIni({
    profile,
    configFilepath: config.files.config,
    filepath: config.files.credentials,
    ignoreCache: true,
  });
  return credentialsOf(await provider());
}
