import { type BaseContext, type BaseCredentials, credentialsOf } from "./context.ts";

const metadataTimeoutMs = 1000;

/** What the machine offers where no profile and no key of the environment is meant. */
export async function defaultChain({ sdk }: BaseContext): Promise<BaseCredentials> {
  const chain = sdk.fromNodeProviderChain({ timeout: metadataTimeoutMs, maxRetries: 0 });
  return credentialsOf(await chain());
}
