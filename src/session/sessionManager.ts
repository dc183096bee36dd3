import { type Role, roleId } from "../aws/role/role.ts";
import type { AssumeOutcome, AssumeRequest, Manner } from "./assume.ts";
import type { Clock } from "./clock.ts";
import type { RenewalPolicy } from "./renewal.ts";
import type { Session } from "./session.ts";
import {
  type Effect,
  nextChangeAt,
  noSession,
  roleOf,
  type SessionEvent,
  type SessionState,
  transition,
} from "./state.ts";

export type StateListener = (state: SessionState) => void;

/** Gets a session for a role; an abort makes it end as cancelled. */
export type Assume = (request: AssumeRequest, signal: AbortSignal) => Promise<AssumeOutcome>;

/** What the manager needs from outside. */
export interface SessionManagerPorts {
  readonly assume: Assume;
  readonly clock: Clock;
  /** What the user wants to be done about a session's end. Asked at every change. */
  readonly renewal: () => { readonly policy: RenewalPolicy; readonly warningMs: number };
  /** From 0 to 1. */
  readonly random: () => number;
  /** Tells the user that nothing will renew the session. */
  readonly warn: (session: Session) => void;
}

interface Attempt {
  readonly id: string;
  readonly controller: AbortController;
  readonly outcome: Promise<AssumeOutcome>;
}

/**
 * Owns the window's session: one state, one attempt of the user's at a time, one silent attempt
 * where there is none of the user's, one timer to the next change.
 */
export class SessionManager {
  readonly #ports: SessionManagerPorts;
  readonly #listeners = new Set<StateListener>();
  #state: SessionState = noSession;
  #attempt: Attempt | undefined;
  #silent: AbortController | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(ports: SessionManagerPorts) {
    this.#ports = ports;
  }

  /** The state now, even if a timer is late because the machine slept. */
  get state(): SessionState {
    this.wake();
    return this.#state;
  }

  /** Looks at the clock: timers don't count the time that a machine sleeps. */
  wake(): void {
    const due = nextChangeAt(this.#state);
    if (due !== undefined && this.#ports.clock.now() >= due) this.#apply({ kind: "time-passed" });
  }

  /** Calls back after every change. The result ends that. */
  onDidChange(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Assumes a role in place of what there is. An attempt for the same role that is under way serves
   * this call too; one for another role is cancelled.
   */
  assume(role: Role, manner: Exclude<Manner, "silent"> = "assume"): Promise<AssumeOutcome> {
    const id = roleId(role);
    if (this.#attempt?.id === id) return this.#attempt.outcome;
    this.#abort();
    const controller = new AbortController();
    const attempt: Attempt = { id, controller, outcome: this.#run(role, manner, controller) };
    this.#attempt = attempt;
    this.#apply({ kind: "assume", role });
    return attempt.outcome;
  }

  async #run(role: Role, manner: Manner, controller: AbortController): Promise<AssumeOutcome> {
    let outcome: AssumeOutcome;
    try {
      outcome = await this.#ports.assume(this.#request(role, manner), controller.signal);
    } catch (error) {
      if (this.#attempt?.controller === controller) this.cancel();
      throw error;
    }
    // A later attempt, a drop or the end of the window took this one's place.
    if (this.#attempt?.controller !== controller) return { kind: "cancelled" };
    this.#attempt = undefined;
    this.#apply(eventOf(role, outcome));
    return outcome;
  }

  /** Assumes the role that there is, or was, again. `undefined` if there is none. */
  renew(): { readonly role: Role; readonly outcome: Promise<AssumeOutcome> } | undefined {
    const role = roleOf(this.#state);
    return role && { role, outcome: this.assume(role, "renew") };
  }

  /** Gives up the attempt under way; a session that there is stays. */
  cancel(): void {
    this.#attempt?.controller.abort();
    this.#attempt = undefined;
    this.#apply({ kind: "cancelled" });
  }

  /** Forgets the session and its credentials. */
  drop(): void {
    this.#abort();
    this.#apply({ kind: "dropped" });
  }

  /** Takes over a session that was got elsewhere: before a reload, or by another window. */
  adopt(session: Session): void {
    const kind = this.#state.kind === "none" ? "assumed" : "renewed";
    if (this.#state.assuming === undefined || kind === "renewed") this.#apply({ kind, session });
  }

  /** Shows that the session of this window's earlier life has ended meanwhile. */
  foundExpired(role: Role, expiredAt: number): void {
    this.#apply({ kind: "found-expired", role, expiredAt });
  }

  /** Tries anew what could not be renewed: the user signed in, or changed what they want. */
  reconsiderRenewal(): void {
    this.#apply({ kind: "renewal-anew" });
  }

  /** Tells the user of the end once more, later. */
  remind(): void {
    this.#apply({ kind: "remind" });
  }

  /** Ends silently: nobody is called back any more. */
  dispose(): void {
    this.#listeners.clear();
    this.drop();
  }

  #abort(): void {
    this.#attempt?.controller.abort();
    this.#attempt = undefined;
    this.#abortSilent();
  }

  #abortSilent(): void {
    this.#silent?.abort();
    this.#silent = undefined;
  }

  #apply(event: SessionEvent): void {
    const { clock, random, renewal } = this.#ports;
    const terms = { now: clock.now(), jitter: random(), ...renewal() };
    const { state, effects } = transition(this.#state, event, terms);
    this.#state = state;
    if (effects.includes("renew") || !isRenewing(state)) this.#abortSilent();
    this.#cancelTimer?.();
    const due = nextChangeAt(state);
    this.#cancelTimer =
      due === undefined ? undefined : clock.at(due, () => this.#apply({ kind: "time-passed" }));
    for (const listener of this.#listeners) listener(state);
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    if (!("session" in this.#state)) return;
    const { session } = this.#state;
    if (effect === "warn") this.#ports.warn(session);
    else void this.#renewSilently(session);
  }

  #request(role: Role, manner: Manner): AssumeRequest {
    const current = "session" in this.#state ? this.#state.session : undefined;
    const isSame = current !== undefined && roleId(current.role) === roleId(role);
    return { role, manner, ...(isSame && { current }) };
  }

  async #renewSilently({ role }: Session): Promise<void> {
    const controller = new AbortController();
    this.#silent = controller;
    const event = await this.#ports
      .assume(this.#request(role, "silent"), controller.signal)
      .then(renewalEventOf, (): SessionEvent => ({ kind: "renewal-delayed" }));
    if (this.#silent !== controller) return;
    this.#silent = undefined;
    this.#apply(event);
  }
}

function isRenewing(state: SessionState): boolean {
  return "session" in state && state.renewal.isUnderWay;
}

function eventOf(role: Role, outcome: AssumeOutcome): SessionEvent {
  switch (outcome.kind) {
    case "assumed":
      return { kind: "assumed", session: outcome.session };
    case "failed":
      return { kind: "refused", role, explanation: outcome.explanation };
    case "cancelled":
    case "needs-user":
      return { kind: "cancelled" };
  }
}

function renewalEventOf(outcome: AssumeOutcome): SessionEvent {
  switch (outcome.kind) {
    case "assumed":
      return { kind: "renewed", session: outcome.session };
    case "failed":
      return outcome.mayPass
        ? { kind: "renewal-delayed" }
        : { kind: "renewal-blocked", obstacle: "refused" };
    case "needs-user":
      return { kind: "renewal-blocked", obstacle: "needs-user" };
    case "cancelled":
      return { kind: "renewal-delayed" };
  }
}
