import type { WatchedSecretStore } from "../../../src/session/store/sharedSecrets.ts";

/** VS Code's secret storage, which all windows share. */
export class SecretStorageStub implements WatchedSecretStore {
  readonly stored = new Map<string, string>();
  /** Whether the storage fails, as on a machine without a keyring. */
  isBroken = false;
  readonly #listeners = new Set<(event: { readonly key: string }) => void>();

  async get(key: string): Promise<string | undefined> {
    this.#failIfBroken();
    return this.stored.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    this.#failIfBroken();
    this.stored.set(key, value);
    this.#tell(key);
  }

  async delete(key: string): Promise<void> {
    this.#failIfBroken();
    if (this.stored.delete(key)) this.#tell(key);
  }

  onDidChange(listener: (event: { readonly key: string }) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #tell(key: string): void {
    for (const listener of this.#listeners) listener({ key });
  }

  #failIfBroken(): void {
    if (this.isBroken) throw new Error("The keyring is locked.");
  }
}
