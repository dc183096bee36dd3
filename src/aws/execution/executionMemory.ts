import type { BaseCredentials } from "../calls/credentials.ts";
import type { SharedConfig } from "../config/profiles.ts";
import type { TemporaryCredentials } from "../sts/sts.ts";

/** A session is used for another call as long as it has this much left. Ms. */
const marginMs = 60_000;

/** TOTP shows a code for 30 s, and STS takes the neighbouring ones too. Ms. */
const codeLifeMs = 120_000;

/**
 * What one execution leaves for the next: credentials of bases, MFA sessions, and the sessions of
 * the steps before the last. In memory only; it ends with the window. Holds secrets.
 */
export class ExecutionMemory {
  readonly #bases = new WeakMap<SharedConfig, Map<string, BaseCredentials>>();
  readonly #sessions = new Map<string, TemporaryCredentials>();
  readonly #usedCodes = new Map<string, number>();

  /** Credentials of a base, if they end by themselves and were got from the same config. */
  base(config: SharedConfig, key: string, now: number): BaseCredentials | undefined {
    const known = this.#bases.get(config)?.get(key);
    return known?.expiration !== undefined && known.expiration - now > marginMs ? known : undefined;
  }

  /** Keeps credentials that end by themselves; permanent ones are read again each time. */
  keepBase(config: SharedConfig, key: string, credentials: BaseCredentials): void {
    if (credentials.expiration === undefined) return;
    const ofConfig = this.#bases.get(config) ?? new Map<string, BaseCredentials>();
    this.#bases.set(config, ofConfig.set(key, credentials));
  }

  session<Session extends TemporaryCredentials>(key: string, now: number): Session | undefined {
    const known = this.#sessions.get(key);
    if (known === undefined) return undefined;
    if (known.expiration - known.clockSkewMs - now > marginMs) return known as Session;
    this.#sessions.delete(key);
    return undefined;
  }

  keepSession(key: string, session: TemporaryCredentials): void {
    this.#sessions.set(key, session);
  }

  /** Forgets a session that AWS did not honour, so that the next execution gets a new one. */
  dropSession(key: string): void {
    this.#sessions.delete(key);
  }

  /** Whether a code of a device may be sent; it is taken as used then. AWS takes each once. */
  useCode(serial: string, code: string, now: number): boolean {
    const key = `${serial} ${code}`;
    const usedAt = this.#usedCodes.get(key);
    if (usedAt !== undefined && now - usedAt < codeLifeMs) return false;
    this.#usedCodes.set(key, now);
    return true;
  }
}
