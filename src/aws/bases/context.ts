import type { Environment, SharedConfig } from "../config/profiles.ts";
import type { SsoAccess } from "../sso/access.ts";
import type { Sdk, StsContext } from "../sts/stsCall.ts";

/** What the bases draw from. */
export interface BaseContext {
  readonly config: SharedConfig;
  readonly environment: Environment;
  readonly sdk: Sdk;
  /** The region for calls that a base makes itself. */
  readonly region: string;
  /** For a base that Identity Center gives. */
  readonly sso: () => Promise<Pick<SsoAccess, "credentials">>;
  /** Whether the user may be asked to sign in. */
  readonly mayAsk: boolean;
  /** For a base that STS gives. */
  readonly sts: StsContext;
  /** Folders from whose files nothing may be run. Absolute. */
  readonly untrustedFolders: readonly string[];
  readonly signal: AbortSignal;
  /** Epoch ms. */
  readonly now: () => number;
}
