import type { AwsCredentialIdentity } from "@aws-sdk/types";
import type { Base, CredentialSource } from "./base.ts";
import type { Credentials } from "./credentials.ts";
import type { Sdk } from "./lazy/index.ts";
import type { SharedConfig } from "./profiles.ts";

/** Instance metadata answers within milliseconds where there is any. */
const metadataTimeoutMs = 1000;

/** Credentials of a base, and when they end (epoch ms) if they do. */
export interface BaseCredentials {
  readonly credentials: Credentials;
  readonly expiration?: number;
}

/** Gets the credentials of a base. Throws what the SDK's provider throws. */
export async function baseCredentials(
  base: Base,
  config: SharedConfig,
  sdk: Sdk,
): Promise<BaseCredentials> {
  const identity = await identityOf(base, config, sdk);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = identity;
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
    ...(expiration && { expiration: expiration.getTime() }),
  };
}

function identityOf(base: Base, config: SharedConfig, sdk: Sdk): Promise<AwsCredentialIdentity> {
  switch (base.kind) {
    case "static-keys":
      return Promise.resolve(keysOf(base.profile, config));
    case "environment":
      return sdk.fromEnv()();
    case "credential-source":
      return fromCredentialSource(base.source, sdk);
    case "default-chain":
      return sdk.fromNodeProviderChain({ timeout: metadataTimeoutMs, maxRetries: 1 })();
    case "credential-process":
    case "login":
    case "sso":
    case "web-identity":
      return sdk.fromIni({
        profile: base.profile,
        configFilepath: config.files.config,
        filepath: config.files.credentials,
        ignoreCache: true,
      })();
  }
}

function fromCredentialSource(source: CredentialSource, sdk: Sdk): Promise<AwsCredentialIdentity> {
  switch (source) {
    case "Environment":
      return sdk.fromEnv()();
    case "EcsContainer":
      return sdk.fromHttp({ timeout: metadataTimeoutMs })();
    case "Ec2InstanceMetadata":
      return sdk.fromInstanceMetadata({ timeout: metadataTimeoutMs, maxRetries: 1 })();
  }
}

function keysOf(profile: string, { profiles }: SharedConfig): AwsCredentialIdentity {
  const properties = profiles.get(profile)?.properties ?? {};
  const sessionToken = properties["aws_session_token"];
  return {
    accessKeyId: properties["aws_access_key_id"] ?? "",
    secretAccessKey: properties["aws_secret_access_key"] ?? "",
    ...(sessionToken && { sessionToken }),
  };
}
