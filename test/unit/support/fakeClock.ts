import type { Clock } from "../../../src/session/clock.ts";

/** A clock that is moved by hand. Timers fire only when it is told to move on, unless it slept. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { readonly time: number; readonly run: () => void }[] = [];

  constructor(now = Date.UTC(2026, 10, 2, 12)) {
    this.#now = now;
  }

  /** How many callbacks are waiting. */
  get pending(): number {
    return this.#timers.length;
  }

  readonly now = (): number => this.#now;

  at(time: number, run: () => void): () => void {
    const timer = { time, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves on and fires what is due on the way, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.time);
      this.#fire(next);
    }
    this.#now = end;
  }

  /** Moves on without firing anything, as on a machine that sleeps. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  #next(end: number): { readonly time: number; readonly run: () => void } | undefined {
    return this.#timers.filter(({ time }) => time <= end).sort((a, b) => a.time - b.time)[0];
  }

  #fire(timer: { readonly time: number; readonly run: () => void }): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    timer.run();
  }
}
