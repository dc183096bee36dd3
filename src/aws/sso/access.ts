import type { BaseCredentials } from "../calls/credentials.ts";
import type { SecretStore } from "../calls/secretStore.ts";
import type { ServiceCall } from "../calls/serviceCall.ts";
import type { Environment } from "../config/profiles.ts";
import { type SsoContext, SsoError } from "./call.ts";
import { cliToken } from "./cliCache.ts";
import type { OfferedRole } from "./offeredRole.ts";
import { createToken } from "./oidc.ts";
import { getRoleCredentials, listOfferedRoles } from "./portal.ts";
import type { SsoEndpoints, SsoRole, SsoSession } from "./session.ts";
import { SharedFlight } from "./sharedFlight.ts";
import { type SignInPrompts, signIn } from "./signIn.ts";
import { SsoStore } from "./store.ts";
import type { SsoToken } from "./token.ts";

/** What access to Identity Center needs from outside. */
export interface SsoPorts {
  readonly environment: Environment;
  readonly secrets: SecretStore;
  readonly prompts: SignInPrompts;
  /** Throws if the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onCall: (call: ServiceCall) => void;
}

/** A token is used as long as it has this much left. Ms. */
const marginMs = 60_000;

/** What a refresh token that is not honoured any more is answered with. */
const refreshRefusals = new Set([
  "ExpiredTokenException",
  "InvalidClientException",
  "InvalidGrantException",
  "UnauthorizedClientException",
]);

/** What a user may do with a sign-in, and the sign-ins themselves. */
export class SsoAccess {
  readonly #ports: SsoPorts;
  readonly #store: SsoStore;
  readonly #tokens = new SharedFlight<SsoToken>();

  constructor(ports: SsoPorts) {
    this.#ports = ports;
    this.#store = new SsoStore(ports.secrets);
  }

  /**
   * The credentials of a permission set. Where the user has to sign in for it they are asked to, or
   * `SsoError` "SignInNeeded" is thrown.
   */
  credentials(
    role: SsoRole,
    endpoints: SsoEndpoints,
    signal: AbortSignal,
    manner: "ask" | "silent",
  ): Promise<BaseCredentials> {
    return this.#withToken(role.session, endpoints, signal, manner, (token, context) =>
      getRoleCredentials(role, token, context),
    );
  }

  /**
   * The permission sets that a user is offered. As for credentials, the user is asked to sign in, or
   * is not.
   */
  offeredRoles(
    session: SsoSession,
    endpoints: SsoEndpoints,
    signal: AbortSignal,
    manner: "ask" | "silent",
  ): Promise<OfferedRole[]> {
    return this.#withToken(session, endpoints, signal, manner, listOfferedRoles);
  }

  /** A token may have been revoked, which shows when it is used: then another one is got, once. */
  async #withToken<Result>(
    session: SsoSession,
    endpoints: SsoEndpoints,
    signal: AbortSignal,
    manner: "ask" | "silent",
    use: (accessToken: string, context: SsoContext) => Promise<Result>,
  ): Promise<Result> {
    const context = this.#context(session, endpoints, signal);
    const token = await this.#token(session, context, manner);
    try {
      return await use(token.accessToken, context);
    } catch (error) {
      if (!(error instanceof SsoError && error.name === "UnauthorizedException")) throw error;
    }
    const other = await this.#token(session, context, manner, token.accessToken);
    return use(other.accessToken, context);
  }

  #context(session: SsoSession, endpoints: SsoEndpoints, signal: AbortSignal): SsoContext {
    const { now, onCall } = this.#ports;
    return { region: session.region, endpoints, signal, now, onCall };
  }

  /** A token other than the one that was refused. Many may ask at once: one sign-in serves all. */
  #token(
    session: SsoSession,
    context: SsoContext,
    manner: "ask" | "silent",
    refused?: string,
  ): Promise<SsoToken> {
    const key = JSON.stringify([session, manner, refused]);
    return this.#tokens.join(key, context.signal, async (signal) => {
      const flight = { ...context, signal };
      const token = await this.#tokenWithoutUser(session, flight, refused);
      if (token !== undefined) return token;
      if (manner === "silent") {
        throw new SsoError({ code: "SignInNeeded", message: "The user has to sign in." });
      }
      const ports = { ...this.#ports, store: this.#store };
      return this.#kept(session, await signIn(session, flight, ports));
    });
  }

  async #tokenWithoutUser(
    session: SsoSession,
    context: SsoContext,
    refused: string | undefined,
  ): Promise<SsoToken | undefined> {
    const known = await this.#knownTokens(session);
    const usable = known.find((token) => this.#lasts(token) && token.accessToken !== refused);
    if (usable !== undefined) return usable;
    for (const token of known) {
      const refreshed = await this.#refreshed(token, context);
      if (refreshed !== undefined) return this.#kept(session, refreshed);
    }
    await this.#store.dropToken(session);
    return undefined;
  }

  /** Our own token, then the CLI's: whoever signed in there need not do so again here. */
  async #knownTokens(session: SsoSession): Promise<SsoToken[]> {
    const tokens = await Promise.all([
      this.#store.token(session),
      cliToken(session, this.#ports.environment),
    ]);
    return tokens.filter((token) => token !== undefined);
  }

  #lasts({ expiresAt }: SsoToken): boolean {
    return expiresAt - this.#ports.now() > marginMs;
  }

  async #refreshed(
    { refreshToken, client }: SsoToken,
    context: SsoContext,
  ): Promise<SsoToken | undefined> {
    if (refreshToken === undefined || client === undefined || client.expiresAt <= context.now()) {
      return undefined;
    }
    try {
      const token = await createToken(
        { grantType: "refresh_token", refreshToken },
        client,
        context,
      );
      // Identity Center may give no new refresh token; then the old one stays good.
      return { refreshToken, client, ...token };
    } catch (error) {
      if (error instanceof SsoError && refreshRefusals.has(error.name)) return undefined;
      throw error;
    }
  }

  async #kept(session: SsoSession, token: SsoToken): Promise<SsoToken> {
    await this.#store.keepToken(session, token);
    return token;
  }
}
