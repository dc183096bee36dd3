import { type BaseContext, type BaseCredentials, credentialsOf } from "./context.ts";

/** Instance metadata answers within milliseconds where there is any. */
const timeoutMs = 1000;

/**
 * The role of the EC2 instance, from its metadata service.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 */
export async function instanceProfile({ sdk }: BaseContext): Promise<BaseCredentials> {
  return credentialsOf(await sdk.fromInstanceMetadata({ timeout: timeoutMs, maxRetries: 0 })());
}
