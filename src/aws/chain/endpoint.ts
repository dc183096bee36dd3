import type { Environment, Profile, SharedConfig } from "../config/profiles.ts";

/**
 * The endpoint of STS that the user configured, or `undefined` for AWS's own. In order: a service's
 * variable, the variable for all, the profile's `services` section, the profile's `endpoint_url`;
 * none of them if `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or the profile says so.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredStsEndpoint(
  environment: Environment,
  config: SharedConfig,
  profile: Profile | undefined,
): string | undefined {
  const properties = profile?.properties ?? {};
  const ignored =
    environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ??
    properties["ignore_configured_endpoint_urls"];
  if (ignored?.toLowerCase() === "true") return undefined;
  return (
    environment["AWS_ENDPOINT_URL_STS"] ||
    environment["AWS_ENDPOINT_URL"] ||
    config.services.get(properties["services"] ?? "")?.["sts.endpoint_url"] ||
    properties["endpoint_url"] ||
    undefined
  );
}
