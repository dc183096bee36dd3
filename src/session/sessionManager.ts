import { type Role, roleId } from "../aws/role/role.ts";
import type { AssumeOutcome } from "./assume.ts";
import type { Clock } from "./clock.ts";
import {
  nextChangeAt,
  noSession,
  roleOf,
  type SessionEvent,
  type SessionState,
  transition,
} from "./state.ts";

export type StateListener = (state: SessionState) => void;

/** Gets a session for a role; an abort makes it end as cancelled. */
export type Assume = (role: Role, signal: AbortSignal) => Promise<AssumeOutcome>;

interface Attempt {
  readonly id: string;
  readonly controller: AbortController;
  readonly outcome: Promise<AssumeOutcome>;
}

/** Owns the window's session: one state, one attempt at a time, one timer to the next change. */
export class SessionManager {
  readonly #assume: Assume;
  readonly #clock: Clock;
  readonly #listeners = new Set<StateListener>();
  #state: SessionState = noSession;
  #attempt: Attempt | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(assume: Assume, clock: Clock) {
    this.#assume = assume;
    this.#clock = clock;
  }

  /** The state now, even if a timer is late because the machine slept. */
  get state(): SessionState {
    const due = nextChangeAt(this.#state);
    if (due !== undefined && this.#clock.now() >= due) this.#apply({ kind: "time-passed" });
    return this.#state;
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
  assume(role: Role): Promise<AssumeOutcome> {
    const id = roleId(role);
    if (this.#attempt?.id === id) return this.#attempt.outcome;
    this.#attempt?.controller.abort();
    const controller = new AbortController();
    const attempt: Attempt = { id, controller, outcome: this.#run(role, controller) };
    this.#attempt = attempt;
    this.#apply({ kind: "assume", role });
    return attempt.outcome;
  }

  async #run(role: Role, controller: AbortController): Promise<AssumeOutcome> {
    let outcome: AssumeOutcome;
    try {
      outcome = await this.#assume(role, controller.signal);
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
    return role && { role, outcome: this.assume(role) };
  }

  /** Gives up the attempt under way; a session that there is stays. */
  cancel(): void {
    this.#attempt?.controller.abort();
    this.#attempt = undefined;
    this.#apply({ kind: "cancelled" });
  }

  /** Forgets the session and its credentials. */
  drop(): void {
    this.#attempt?.controller.abort();
    this.#attempt = undefined;
    this.#apply({ kind: "dropped" });
  }

  /** Ends silently: nobody is called back any more. */
  dispose(): void {
    this.#listeners.clear();
    this.drop();
  }

  #apply(event: SessionEvent): void {
    this.#state = transition(this.#state, event, this.#clock.now());
    this.#cancelTimer?.();
    const due = nextChangeAt(this.#state);
    this.#cancelTimer =
      due === undefined
        ? undefined
        : this.#clock.at(due, () => this.#apply({ kind: "time-passed" }));
    for (const listener of this.#listeners) listener(this.#state);
  }
}

function eventOf(role: Role, outcome: AssumeOutcome): SessionEvent {
  switch (outcome.kind) {
    case "assumed":
      return { kind: "assumed", session: outcome.session };
    case "failed":
      return { kind: "refused", role, explanation: outcome.explanation };
    case "cancelled":
      return { kind: "cancelled" };
  }
}
