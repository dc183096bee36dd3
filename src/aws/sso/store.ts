import { createHash } from "node:crypto";
import type { SecretStore } from "../calls/secretStore.ts";
import type { SsoSession } from "./session.ts";
import { clientFromJson, type SsoClient, type SsoToken, tokenFromJson } from "./token.ts";

/** A client is registered for one way of signing in. */
export type SignInFlow = "browser" | "device";

export const ssoTokenKeyPrefix = "sso.token.";

/** Our own tokens and clients, each under its session's start URL, region and scopes. */
export class SsoStore {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  async token(session: SsoSession): Promise<SsoToken | undefined> {
    return tokenFromJson(await this.#secrets.get(keyOf("token", session)));
  }

  async keepToken(session: SsoSession, token: SsoToken): Promise<void> {
    await this.#secrets.store(keyOf("token", session), JSON.stringify(token));
  }

  async dropToken(session: SsoSession): Promise<void> {
    await this.#secrets.delete(keyOf("token", session));
  }

  async client(session: SsoSession, flow: SignInFlow): Promise<SsoClient | undefined> {
    return clientFromJson(await this.#secrets.get(keyOf(`client.${flow}`, session)));
  }

  async keepClient(session: SsoSession, flow: SignInFlow, client: SsoClient): Promise<void> {
    await this.#secrets.store(keyOf(`client.${flow}`, session), JSON.stringify(client));
  }

  async dropClient(session: SsoSession, flow: SignInFlow): Promise<void> {
    await this.#secrets.delete(keyOf(`client.${flow}`, session));
  }
}

function keyOf(kind: string, { startUrl, region, scopes }: SsoSession): string {
  const identity = JSON.stringify([startUrl, region, [...scopes].sort()]);
  return `sso.${kind}.${createHash("sha256").update(identity).digest("hex")}`;
}
