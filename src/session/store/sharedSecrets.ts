import { objectFromJson, type SecretStore } from "../../aws/calls/secretStore.ts";

/** What `vscode.SecretStorage` is beside a store: all windows see each other's changes. */
export interface WatchedSecretStore extends SecretStore {
  onDidChange(listener: (event: { readonly key: string }) => void): { dispose(): void };
}

/** The names of everything that is stored. */
const indexKey = "index";

/**
 * What everything that is stored bears the value of: once it is another one, no window honours what
 * was stored before, were it only because its name got lost when two windows wrote the index at once.
 */
const epochKey = "epoch";

/**
 * The secrets that all windows share. Where VS Code's storage is not available, as on a machine
 * without a keyring, they stay in memory and end with the window.
 */
export class SharedSecrets implements SecretStore {
  readonly #storage: WatchedSecretStore;
  readonly #onUnavailable: () => void;
  readonly #memory = new Map<string, string>();
  readonly #listeners = new Set<(key: string) => void>();
  readonly #subscription: { dispose(): void };
  #index = Promise.resolve();

  /** @param onUnavailable called at each failure of the storage. */
  constructor(storage: WatchedSecretStore, onUnavailable: () => void) {
    this.#storage = storage;
    this.#onUnavailable = onUnavailable;
    this.#subscription = storage.onDidChange(({ key }) => {
      for (const listener of this.#listeners) listener(key === epochKey ? "" : key);
    });
  }

  async get(key: string): Promise<string | undefined> {
    const inMemory = this.#memory.get(key);
    if (inMemory !== undefined) return inMemory;
    const [text, epoch] = await Promise.all([this.#read(key), this.#read(epochKey)]);
    const { value, epoch: storedIn } = objectFromJson(text);
    return typeof value === "string" && storedIn === (epoch ?? "") ? value : undefined;
  }

  async store(key: string, value: string): Promise<void> {
    const epoch = (await this.#read(epochKey)) ?? "";
    const isStored = await this.#try(() =>
      this.#storage.store(key, JSON.stringify({ epoch, value })),
    );
    if (isStored) this.#memory.delete(key);
    else this.#memory.set(key, value);
    await this.#changeIndex((keys) => new Set(keys).add(key));
  }

  async delete(key: string): Promise<void> {
    this.#memory.delete(key);
    await this.#try(() => this.#storage.delete(key));
    await this.#changeIndex((keys) => new Set([...keys].filter((other) => other !== key)));
  }

  /** Removes everything, in all windows; resolves to the names of what there was. */
  async forgetAll(): Promise<string[]> {
    const keys = new Set([...(await this.#indexed()), ...this.#memory.keys()]);
    this.#memory.clear();
    for (const key of keys) await this.#try(() => this.#storage.delete(key));
    await this.#try(() => this.#storage.delete(indexKey));
    await this.#try(() => this.#storage.store(epochKey, crypto.randomUUID()));
    return [...keys].sort();
  }

  /** Calls back with the name of what changed; with an empty one when everything was forgotten. */
  onDidChange(listener: (key: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #read(key: string): Promise<string | undefined> {
    let text: string | undefined;
    await this.#try(async () => {
      text = await this.#storage.get(key);
    });
    return text;
  }

  /** One change of this window's after the other. */
  #changeIndex(change: (keys: ReadonlySet<string>) => ReadonlySet<string>): Promise<void> {
    this.#index = this.#index.then(async () => {
      const before = await this.#indexed();
      const after = change(before);
      if (after.size === before.size) return;
      await this.#try(() => this.#storage.store(indexKey, JSON.stringify([...after])));
    });
    return this.#index;
  }

  async #indexed(): Promise<ReadonlySet<string>> {
    const keys: unknown = Object.values(objectFromJson(await this.#read(indexKey)));
    return new Set((keys as unknown[]).filter((key) => typeof key === "string"));
  }

  async #try(use: () => PromiseLike<void>): Promise<boolean> {
    try {
      await use();
      return true;
    } catch {
      // What the storage says may be anything; what matters is told by the callback.
      this.#onUnavailable();
      return false;
    }
  }
}
