import { randomBytes } from "node:crypto";
import { CANARY } from "../canary.ts";
import type { SandboxClock } from "../clock.ts";

/** Seconds. */
const longestLife = 21_600;

/** The tokens of IMDSv2, which end by the sandbox's clock. */
export class MetadataTokens {
  readonly #clock: SandboxClock;
  readonly #endings = new Map<string, number>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** A token that lives as long as the header asks, in seconds; `undefined` if EC2 refuses that. */
  issue(ttlHeader: string | undefined): string | undefined {
    const seconds = /^\d+$/.test(ttlHeader ?? "") ? Number(ttlHeader) : 0;
    if (seconds < 1 || seconds > longestLife) return undefined;
    const token = `${CANARY}${randomBytes(30).toString("base64url")}==`;
    this.#endings.set(token, this.#clock.now() + seconds * 1000);
    return token;
  }

  isValid(token: string): boolean {
    return this.#clock.now() < (this.#endings.get(token) ?? 0);
  }
}
