import { memoryKeyPrefix } from "../aws/execution/executionMemory.ts";
import type { Role } from "../aws/role/role.ts";
import { ssoTokenKeyPrefix } from "../aws/sso/store.ts";
import type { Clock } from "./clock.ts";
import type { SessionManager } from "./sessionManager.ts";
import type { SessionState } from "./state.ts";
import type { SessionStore } from "./store/sessionStore.ts";
import type { SharedFolder } from "./store/sharedFolder.ts";
import type { SharedSecrets } from "./store/sharedSecrets.ts";

const key = "activeSession";

/** What the workspace remembers of its session. Nothing in it is secret. */
interface ActiveSession {
  readonly id: string;
  readonly role: Role;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** What `vscode.Memento` is: a small memory of a workspace, not for secrets. */
export interface WorkspaceMemory {
  get<Value>(key: string): Value | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Where a window's session is kept, and shared with the other windows. */
export interface SessionKeeperPorts {
  readonly sessions: SessionManager;
  readonly store: SessionStore;
  readonly secrets: SharedSecrets;
  readonly folder: SharedFolder;
  readonly memory: WorkspaceMemory;
  readonly clock: Clock;
}

/**
 * Keeps the session of a window over reloads, crashes and restarts, and in step with the other
 * windows that have the same one.
 */
export class SessionKeeper {
  readonly #ports: SessionKeeperPorts;
  readonly #unsubscribe: readonly (() => void)[];
  #usedId: string | undefined;

  constructor(ports: SessionKeeperPorts) {
    this.#ports = ports;
    const { secrets, sessions, store } = ports;
    this.#unsubscribe = [
      sessions.onDidChange((state) => void this.#remember(state)),
      store.onDidChange((id) => void this.#follow(id)),
      secrets.onDidChange((name) => this.#onSecretChange(name)),
    ];
  }

  /** Takes up the session that this workspace had; needs neither the SDK nor the network. */
  async restore(): Promise<void> {
    const { clock, memory, sessions, store } = this.#ports;
    const active = memory.get<ActiveSession>(key);
    if (active === undefined) return;
    const session = await store.load(active.id, clock.now());
    if (session !== undefined) sessions.adopt({ ...session, role: active.role });
    else if (active.expiresAt <= clock.now()) sessions.foundExpired(active.role, active.expiresAt);
    else await memory.update(key, undefined);
  }

  /** Forgets the session, in this window or in all that have it. */
  async drop(where: "here" | "everywhere"): Promise<void> {
    const { folder, sessions, store } = this.#ports;
    const { state } = sessions;
    const id = "session" in state ? state.session.id : undefined;
    sessions.drop();
    if (id === undefined) return;
    await folder.stopUsing(id);
    if (where === "everywhere" || !(await folder.isUsed(id))) await store.delete(id);
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    if (this.#usedId !== undefined) void this.#ports.folder.stopUsing(this.#usedId);
  }

  async #remember(state: SessionState): Promise<void> {
    const { folder, memory } = this.#ports;
    if ("session" in state) {
      const { expiresAt, id, role } = state.session;
      if (this.#usedId !== id) {
        const before = this.#usedId;
        this.#usedId = id;
        await folder.startUsing(id);
        if (before !== undefined) await folder.stopUsing(before);
      }
      const known = memory.get<ActiveSession>(key);
      if (known?.id === id && known.expiresAt === expiresAt) return;
      await memory.update(key, { id, role, expiresAt } satisfies ActiveSession);
    } else if (state.kind === "none" && state.assuming === undefined) {
      await memory.update(key, undefined);
    }
  }

  /** Another window renewed the session, or dropped it for all. */
  async #follow(id: string): Promise<void> {
    const { clock, sessions, store } = this.#ports;
    const stored = await store.load(id, clock.now());
    const { state } = sessions;
    if (!("session" in state) || state.session.id !== id) return;
    if (stored === undefined) sessions.drop();
    else if (stored.expiresAt > state.session.expiresAt) {
      sessions.adopt({ ...stored, role: state.session.role });
    }
  }

  /** A sign-in or an MFA session may be what a renewal waits for. */
  #onSecretChange(name: string): void {
    const { sessions } = this.#ports;
    const { state } = sessions;
    if (name === "") sessions.drop();
    else if ("session" in state && state.renewal.obstacle === "needs-user") {
      if (name.startsWith(ssoTokenKeyPrefix) || name.startsWith(memoryKeyPrefix)) {
        sessions.reconsiderRenewal();
      }
    }
  }
}
