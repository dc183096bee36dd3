/** What signs requests. Secret: it is held in memory and handed to `injection/`, never logged. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Credentials of a base, and when they end (epoch ms) if they do. */
export interface BaseCredentials {
  readonly credentials: Credentials;
  readonly expiration?: number;
  /** The identity that AWS sees, where the base itself is the role that was asked for. */
  readonly assumedRoleArn?: string;
  /** How far AWS's clock is ahead of this machine's, if an answer told. Ms. */
  readonly clockSkewMs?: number;
}

/** A role that was assumed. */
export interface AssumedRole {
  readonly credentials: Credentials;
  /** The identity that AWS sees, `arn:…:sts::account:assumed-role/name/session`, where AWS tells it. */
  readonly assumedRoleArn?: string;
  /** When AWS ends the session, by AWS's clock. Epoch ms. */
  readonly expiration: number;
  /** How far AWS's clock is ahead of this machine's. Ms; negative if it is behind. */
  readonly clockSkewMs: number;
}
