import type { Environment, SharedConfig } from "../config/profiles.ts";
import type { Credentials } from "../execution/credentials.ts";
import type { Sdk } from "../lazy/index.ts";
import type { SsoAccess } from "../sso/access.ts";
import type { StsContext } from "../sts/stsCall.ts";

/** Credentials of a base, and when they end (epoch ms) if they do. */
export interface BaseCredentials {
  readonly credentials: Credentials;
  readonly expiration?: number;
  /** The identity that AWS sees, where the base itself is the role that was asked for. */
  readonly assumedRoleArn?: string;
  /** How far AWS's clock is ahead of this machine's, if an answer told. Ms. */
  readonly clockSkewMs?: number;
}

/** What the bases draw from. */
export interface BaseContext {
  readonly config: SharedConfig;
  readonly environment: Environment;
  readonly sdk: Sdk;
  /** The region for calls that a base makes itself. */
  readonly region: string;
  /** For a base that Identity Center gives. */
  readonly sso: () => Promise<Pick<SsoAccess, "credentials">>;
  /** For a base that STS gives. */
  readonly sts: StsContext;
  /** Folders from whose files nothing may be run. Absolute. */
  readonly untrustedFolders: readonly string[];
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
}
