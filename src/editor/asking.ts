/** Knows whether the user is being asked for something, such as an MFA code. */
export class Asking {
  #over: Promise<unknown> = Promise.resolve();
  #open = 0;

  get isOpen(): boolean {
    return this.#open > 0;
  }

  /** Resolves when what the user is asked for now is answered. */
  get over(): Promise<unknown> {
    return this.#over;
  }

  /** Asks, and says so meanwhile. */
  async during<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.#open += 1;
    const answer = ask().finally(() => {
      this.#open -= 1;
    });
    this.#over = Promise.allSettled([this.#over, answer]);
    return answer;
  }
}
