/** Everything that exists in the simulated AWS when it starts. Plain data: it can be written down as a literal. */
export interface World {
  readonly accounts: readonly Account[];
  /** The EC2 instance that the metadata service describes; without it, that service is not there. */
  readonly instance?: Instance;
  /** The ECS task or EKS pod that the container endpoint serves; without it, there is none. */
  readonly container?: Container;
  readonly identityCenters?: readonly IdentityCenter[];
}

/** An IAM Identity Center with its access portal. Whoever opens its pages is its first user. */
export interface IdentityCenter {
  /** Such as `https://corp.awsapps.com/start`. */
  readonly startUrl: string;
  readonly users: readonly IdentityCenterUser[];
  /** How long an access token is honoured; 3600 unless told otherwise. */
  readonly tokenLifeSeconds?: number;
  /** How long after a sign-in a refresh token works; 8 hours unless told otherwise. */
  readonly sessionLifeSeconds?: number;
}

export interface IdentityCenterUser {
  /** The name of the sessions that the portal gives. */
  readonly name: string;
  readonly assignments: readonly Assignment[];
}

/** A permission set in an account: there the role `AWSReservedSSO_<permission set>_<16 hex digits>`. */
export interface Assignment {
  readonly accountId: string;
  readonly permissionSet: string;
}

/** An EC2 instance, and how its metadata service is set up. */
export interface Instance {
  /** The session name of its role. */
  readonly id: string;
  /** The role of its instance profile; none is attached if absent. */
  readonly roleArn?: string;
  /**
   * `required` (unless told otherwise) wants a token with every request, `optional` answers IMDSv1
   * too, `disabled` answers nothing but 403.
   */
  readonly metadata?: "required" | "optional" | "disabled";
  /** Why the role gives no credentials: EC2 answers 200 with this as its `Code`. */
  readonly roleProblem?: string;
}

/** What the container credentials endpoint serves. */
export interface Container {
  readonly roleArn: string;
  readonly sessionName: string;
  /** What the `Authorization` header must be; none is looked for if absent. Secret. */
  readonly token?: string;
}

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly alias?: string;
  /** `aws` unless told otherwise; `aws-cn` and `aws-us-gov` are the other public ones. */
  readonly partition?: string;
  readonly users?: readonly User[];
  readonly roles?: readonly Role[];
  readonly oidcProviders?: readonly OidcProvider[];
  /** Regions in which the account's administrator has switched STS off. */
  readonly disabledRegions?: readonly string[];
}

export interface User {
  readonly name: string;
  readonly accessKeys: readonly AccessKey[];
  readonly permissions: Permissions;
  readonly mfaDevices?: readonly MfaDevice[];
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** `true` unless told otherwise. An inactive key is answered like an unknown one. */
  readonly active?: boolean;
}

export interface MfaDevice {
  /** The ARN of a virtual device, or the serial number of a piece of hardware. */
  readonly serial: string;
  /** The TOTP secret in base 32, as an authenticator application takes it. */
  readonly secret: string;
}

/** What a user or a role may do. Nothing is allowed that is not named here. */
export interface Permissions {
  readonly assumeRole?: readonly AssumeRoleGrant[];
  /** Other actions, with `*` as a wildcard: `s3:Get*`. */
  readonly actions?: readonly string[];
}

export interface AssumeRoleGrant {
  /** Role ARNs, with `*` as a wildcard. */
  readonly roles: readonly string[];
  /** The grant holds only for a caller who has shown an MFA code. */
  readonly mfa?: true;
}

export interface Role {
  readonly name: string;
  /** `/` unless told otherwise; begins and ends with a slash. */
  readonly path?: string;
  readonly trust: Trust;
  readonly permissions?: Permissions;
  /** 3600 (IAM's own default) to 43200. */
  readonly maxSessionDurationSeconds?: number;
  /**
   * Sessions end after this many seconds, whatever was asked for. STS has no such thing (its minimum is 900);
   * it makes an expiry visible within a demonstration. The `Expiration` in the answer is the real one.
   */
  readonly sessionLifeSeconds?: number;
}

/** A role's trust policy: who may become the role, and on which conditions. */
export interface Trust {
  /** ARNs of users, roles and role sessions, account ids, `arn:…:root` of an account, or `*`. */
  readonly principals: readonly string[];
  readonly externalId?: string;
  readonly mfa?: true;
  /** Whether `sts:TagSession` is allowed; without it a request with tags is denied. */
  readonly allowsTags?: true;
  /** Whether `sts:SetSourceIdentity` is allowed; without it a request with a source identity is denied. */
  readonly allowsSourceIdentity?: true;
  readonly webIdentity?: WebIdentityTrust;
}

/** Conditions on the token of an identity provider; `issuer` must be one of the account's OIDC providers. */
export interface WebIdentityTrust {
  readonly issuer: string;
  readonly audience: string;
  /** With `*` as a wildcard, as `StringLike` has it. */
  readonly subject: string;
}

export interface OidcProvider {
  /** The `iss` claim, such as `https://idp.example`. */
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly keys: readonly OidcKey[];
}

export interface OidcKey {
  /** The `kid` that a token's header names. */
  readonly id: string;
  /** PEM; an RSA key checks RS256 tokens, a P-256 key ES256 tokens. */
  readonly publicKey: string;
}
