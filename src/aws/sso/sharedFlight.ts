import { Cancelled } from "../calls/cancelled.ts";

interface Flight<Result> {
  readonly result: Promise<Result>;
  readonly controller: AbortController;
  waiters: number;
}

/**
 * Work that many may ask for at once, and that is done once for all of them. It is given up when
 * nobody waits for it any more.
 */
export class SharedFlight<Result> {
  readonly #flights = new Map<string, Flight<Result>>();

  /** Joins the work under way for a key, or begins it. Throws `Cancelled` if the signal aborts. */
  async join(
    key: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (signal.aborted) throw new Cancelled("The user gave up.");
    const flight = this.#flights.get(key) ?? this.#begin(key, work);
    flight.waiters += 1;
    let stopWaiting = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      const onAbort = (): void => reject(new Cancelled("The user gave up."));
      signal.addEventListener("abort", onAbort);
      stopWaiting = () => signal.removeEventListener("abort", onAbort);
    });
    try {
      return await Promise.race([flight.result, aborted]);
    } finally {
      stopWaiting();
      flight.waiters -= 1;
      if (flight.waiters === 0) {
        this.#end(key, flight);
        flight.controller.abort();
      }
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Flight<Result> {
    const controller = new AbortController();
    const flight = { result: work(controller.signal), controller, waiters: 0 };
    this.#flights.set(key, flight);
    const end = (): void => this.#end(key, flight);
    flight.result.then(end, end);
    return flight;
  }

  #end(key: string, flight: Flight<Result>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
