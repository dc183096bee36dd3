import { objectFromJson } from "../calls/secretStore.ts";

/** What Identity Center knows this machine as. The secret is one of a public client: not the user's. */
export interface SsoClient {
  readonly id: string;
  readonly secret: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** A person's sign-in. Secret: at rest it is in `SecretStorage` only. */
export interface SsoToken {
  readonly accessToken: string;
  /** By this machine's clock. Epoch ms. */
  readonly expiresAt: number;
  /** Gets another token without the user, for as long as the sign-in lasts. */
  readonly refreshToken?: string;
  /** The client that the refresh token was given to; no other can use it. */
  readonly client?: SsoClient;
}

/** Reads what `JSON.stringify` made of a token; `undefined` for anything else. */
export function tokenFromJson(text: string | undefined): SsoToken | undefined {
  const { accessToken, expiresAt, refreshToken, client } = objectFromJson(text);
  if (typeof accessToken !== "string" || typeof expiresAt !== "number") return undefined;
  const known = clientOf(client);
  return {
    accessToken,
    expiresAt,
    ...(typeof refreshToken === "string" && { refreshToken }),
    ...(known && { client: known }),
  };
}

/** Reads what `JSON.stringify` made of a client; `undefined` for anything else. */
export function clientFromJson(text: string | undefined): SsoClient | undefined {
  return clientOf(objectFromJson(text));
}

function clientOf(value: unknown): SsoClient | undefined {
  if (!isObject(value)) return undefined;
  const { id, secret, expiresAt } = value;
  if (typeof id !== "string" || typeof secret !== "string" || typeof expiresAt !== "number") {
    return undefined;
  }
  return { id, secret, expiresAt };
}

function isObject(value: unknown): value is { readonly [key in string]?: unknown } {
  return typeof value === "object" && value !== null;
}
