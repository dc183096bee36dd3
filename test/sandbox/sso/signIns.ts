import { createHash, randomBytes, randomInt } from "node:crypto";
import type { SandboxClock } from "../clock.ts";
import type { IdentityCenter, IdentityCenterUser } from "../world.ts";
import { invalidClient, invalidGrant, oidcError } from "./oidcErrors.ts";
import { secret } from "./restJson.ts";

const CLIENT_LIFE_SECONDS = 90 * 24 * 3600;
const DEVICE_CODE_LIFE_SECONDS = 600;
const CODE_LIFE_SECONDS = 60;
/** What the real service answers, too. */
const INTERVAL_SECONDS = 1;
const DEFAULT_TOKEN_LIFE_SECONDS = 3600;
const DEFAULT_SESSION_LIFE_SECONDS = 8 * 3600;

export interface OidcClient {
  readonly id: string;
  readonly secret: string;
  readonly issuedAt: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly issuerUrl: string | undefined;
}

/** A person's sign-in to one Identity Center; refresh tokens work until it ends. */
interface SignedIn {
  readonly center: IdentityCenter;
  readonly user: IdentityCenterUser;
  readonly endsAt: number;
}

interface DeviceAuthorization {
  readonly clientId: string;
  readonly center: IdentityCenter;
  readonly userCode: string;
  readonly expiresAt: number;
  intervalMs: number;
  polledAt?: number;
  decision?: "approved" | "denied";
}

interface AuthorizationCode {
  readonly clientId: string;
  readonly center: IdentityCenter;
  readonly challenge: string;
  readonly redirectUri: string;
  readonly expiresAt: number;
}

export interface TokenAnswer {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
  readonly tokenType: "Bearer";
}

/** What Identity Center knows of clients, of sign-ins under way, and of tokens. */
export class SignIns {
  readonly #centers: readonly IdentityCenter[];
  readonly #clock: SandboxClock;
  readonly #clients = new Map<string, OidcClient>();
  readonly #devices = new Map<string, DeviceAuthorization>();
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #accessTokens = new Map<string, SignedIn & { readonly expiresAt: number }>();
  readonly #refreshTokens = new Map<string, SignedIn & { readonly clientId: string }>();

  constructor(centers: readonly IdentityCenter[], clock: SandboxClock) {
    this.#centers = centers;
    this.#clock = clock;
  }

  register(
    wanted: Pick<OidcClient, "grantTypes" | "issuerUrl" | "redirectUris" | "scopes">,
  ): OidcClient {
    const now = this.#clock.now();
    const client: OidcClient = {
      ...wanted,
      id: randomBytes(16).toString("base64url"),
      secret: secret("client."),
      issuedAt: now,
      expiresAt: now + CLIENT_LIFE_SECONDS * 1000,
    };
    this.#clients.set(client.id, client);
    return client;
  }

  /** Throws `InvalidClientException`. */
  client(id: string, clientSecret?: string): OidcClient {
    const client = this.#clients.get(id);
    if (
      client === undefined ||
      (clientSecret !== undefined && client.secret !== clientSecret) ||
      this.#clock.now() >= client.expiresAt
    ) {
      throw invalidClient();
    }
    return client;
  }

  /** Begins the device flow. Throws `InvalidRequestException` for an unknown start URL. */
  startDevice(client: OidcClient, startUrl: string): Readonly<Record<string, unknown>> {
    const deviceCode = secret("device.");
    const authorization: DeviceAuthorization = {
      clientId: client.id,
      center: this.#center(startUrl),
      userCode: `${randomLetters(4)}-${randomLetters(4)}`,
      expiresAt: this.#clock.now() + DEVICE_CODE_LIFE_SECONDS * 1000,
      intervalMs: INTERVAL_SECONDS * 1000,
    };
    this.#devices.set(deviceCode, authorization);
    return {
      deviceCode,
      userCode: authorization.userCode,
      expiresIn: DEVICE_CODE_LIFE_SECONDS,
      interval: INTERVAL_SECONDS,
    };
  }

  /** What the person in the browser decided; whether the code is one that waits. */
  decideDevice(userCode: string, decision: "approved" | "denied"): boolean {
    const waiting = [...this.#devices.values()].find((device) => device.userCode === userCode);
    if (waiting === undefined || this.#clock.now() >= waiting.expiresAt) return false;
    waiting.decision = decision;
    return true;
  }

  /** The person in the browser approves: gives the code that is sent back to the client. */
  authorize(client: OidcClient, challenge: string, redirectUri: string): string {
    const code = secret("code.");
    this.#codes.set(code, {
      clientId: client.id,
      center: this.#center(client.issuerUrl ?? ""),
      challenge,
      redirectUri,
      expiresAt: this.#clock.now() + CODE_LIFE_SECONDS * 1000,
    });
    return code;
  }

  tokenOfDevice(client: OidcClient, deviceCode: string): TokenAnswer {
    const device = this.#devices.get(deviceCode);
    if (device === undefined || device.clientId !== client.id) throw invalidGrant();
    const now = this.#clock.now();
    if (now >= device.expiresAt) throw oidcError("ExpiredTokenException", "expired_token");
    const since = now - (device.polledAt ?? Number.NEGATIVE_INFINITY);
    device.polledAt = now;
    // Half the interval is let through: requests don't travel equally fast.
    if (since < device.intervalMs / 2) throw oidcError("SlowDownException", "slow_down");
    if (device.decision === undefined) {
      throw oidcError("AuthorizationPendingException", "authorization_pending");
    }
    this.#devices.delete(deviceCode);
    if (device.decision === "denied") throw oidcError("AccessDeniedException", "access_denied");
    return this.#signIn(client, device.center);
  }

  tokenOfCode(
    client: OidcClient,
    code: string,
    verifier: string,
    redirectUri: string,
  ): TokenAnswer {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    if (
      known === undefined ||
      known.clientId !== client.id ||
      known.redirectUri !== redirectUri ||
      known.challenge !== createHash("sha256").update(verifier).digest("base64url") ||
      this.#clock.now() >= known.expiresAt
    ) {
      throw invalidGrant();
    }
    return this.#signIn(client, known.center);
  }

  tokenOfRefresh(client: OidcClient, refreshToken: string): TokenAnswer {
    const known = this.#refreshTokens.get(refreshToken);
    if (known === undefined || known.clientId !== client.id || this.#clock.now() >= known.endsAt) {
      throw invalidGrant();
    }
    return this.#issue(client, known);
  }

  /** Who a token of the portal's belongs to; `undefined` if it is not honoured. */
  holder(accessToken: string): IdentityCenterUser | undefined {
    const known = this.#accessTokens.get(accessToken);
    return known && this.#clock.now() < known.expiresAt ? known.user : undefined;
  }

  /** Ends every sign-in, as an administrator does: no token is honoured any more. */
  revokeAll(): void {
    this.#accessTokens.clear();
    this.#refreshTokens.clear();
  }

  #center(startUrl: string): IdentityCenter {
    const center = this.#centers.find((candidate) => candidate.startUrl === startUrl);
    if (center !== undefined) return center;
    throw oidcError("InvalidRequestException", "invalid_request", "Invalid start url provided");
  }

  #signIn(client: OidcClient, center: IdentityCenter): TokenAnswer {
    const [user] = center.users;
    if (user === undefined) throw oidcError("AccessDeniedException", "access_denied");
    const life = center.sessionLifeSeconds ?? DEFAULT_SESSION_LIFE_SECONDS;
    return this.#issue(client, { center, user, endsAt: this.#clock.now() + life * 1000 });
  }

  #issue(client: OidcClient, signedIn: SignedIn): TokenAnswer {
    const now = this.#clock.now();
    const life = (signedIn.center.tokenLifeSeconds ?? DEFAULT_TOKEN_LIFE_SECONDS) * 1000;
    const expiresAt = Math.min(now + life, signedIn.endsAt);
    const accessToken = secret("aoaAAAAA.");
    this.#accessTokens.set(accessToken, { ...signedIn, expiresAt });
    const answer = {
      accessToken,
      expiresIn: Math.floor((expiresAt - now) / 1000),
      tokenType: "Bearer",
    } as const;
    // Only a client that named scopes when it registered gets a token to refresh with.
    if (client.scopes.length === 0) return answer;
    const refreshToken = secret("aorAAAAA.");
    this.#refreshTokens.set(refreshToken, { ...signedIn, clientId: client.id });
    return { ...answer, refreshToken };
  }
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () => "BCDFGHJKLMNPQRSTVWXZ"[randomInt(20)]).join("");
}
