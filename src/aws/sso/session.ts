/** A sign-in to IAM Identity Center: one for a `[sso-session …]`, or for a start URL in profiles. */
export interface SsoSession {
  /** What the CLI keeps the token under: the section's name, or the start URL where there is none. */
  readonly name: string;
  readonly startUrl: string;
  /** The region that the Identity Center is in. */
  readonly region: string;
  readonly scopes: readonly string[];
}

/** A permission set in an account, and the sign-in that leads to it. */
export interface SsoRole {
  readonly session: SsoSession;
  /** Twelve digits. */
  readonly accountId: string;
  /** The permission set's name, which AWS calls the role's in this place. */
  readonly roleName: string;
}

/** The endpoints that the user configured instead of AWS's own. */
export interface SsoEndpoints {
  readonly oidc?: string;
  readonly portal?: string;
}
