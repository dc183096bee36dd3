import type { Environment, Profile, SharedConfig } from "../config/profiles.ts";

/** The services that are called, as the environment and the config file spell them. */
const services = {
  sts: { variable: "AWS_ENDPOINT_URL_STS", key: "sts.endpoint_url" },
  sso: { variable: "AWS_ENDPOINT_URL_SSO", key: "sso.endpoint_url" },
  signIn: { variable: "AWS_ENDPOINT_URL_SIGNIN", key: "signin.endpoint_url" },
  ssoOidc: { variable: "AWS_ENDPOINT_URL_SSO_OIDC", key: "sso_oidc.endpoint_url" },
} as const;

/**
 * The endpoint of a service that the user configured, or `undefined` for AWS's own. In order: the
 * service's variable, the variable for all, the profile's `services` section, the profile's
 * `endpoint_url`; none of them if `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or the profile says so.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function configuredEndpoint(
  service: keyof typeof services,
  environment: Environment,
  config: SharedConfig,
  profile: Profile | undefined,
): string | undefined {
  const properties = profile?.properties ?? {};
  const ignored =
    environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ??
    properties["ignore_configured_endpoint_urls"];
  if (ignored?.toLowerCase() === "true") return undefined;
  const { variable, key } = services[service];
  return (
    environment[variable] ||
    environment["AWS_ENDPOINT_URL"] ||
    config.services.get(properties["services"] ?? "")?.[key] ||
    properties["endpoint_url"] ||
    undefined
  );
}
