import { type BaseContext, type BaseCredentials, credentialsOf } from "./context.ts";

const timeoutMs = 1000;

/**
 * The role of the ECS task or EKS pod, from the endpoint that its environment names.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function containerRole({ sdk }: BaseContext): Promise<BaseCredentials> {
  return credentialsOf(await sdk.fromHttp({ timeout: timeoutMs, maxRetries: 0 })());
}
