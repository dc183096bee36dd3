import type { SignInPrompt, SignInPrompts } from "../../../src/aws/sso/signIn.ts";
import type { SignInFlow } from "../../../src/aws/sso/store.ts";

interface Clock {
  advance(ms: number): void;
}

/** A user who signs in as soon as they are asked to, and their secret storage. */
export class SignInStub implements SignInPrompts {
  readonly prompts: SignInPrompt[] = [];
  wantedFlow: SignInFlow = "device";
  /** What the user does with a prompt; approves unless told otherwise. */
  answer: (prompt: SignInPrompt) => Promise<unknown> = approve;
  readonly #clock: Clock;
  readonly #waiting = new AbortController();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  flow(): SignInFlow {
    return this.wantedFlow;
  }

  async during<Result>(
    prompt: SignInPrompt,
    signal: AbortSignal,
    wait: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    this.prompts.push(prompt);
    await this.answer(prompt);
    return wait(AbortSignal.any([signal, this.#waiting.signal]));
  }

  /** Time passes at once while a code is polled for; in the browser's flow nobody waits that long. */
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.wantedFlow === "browser") return new Promise(() => undefined);
    this.#clock.advance(ms);
  }
}

/** What a person does in the browser. */
export function approve(prompt: SignInPrompt): Promise<unknown> {
  return fetch(prompt.flow === "browser" ? prompt.url : prompt.urlWithCode);
}

/** What a person does who didn't ask for it. */
export function deny(prompt: SignInPrompt): Promise<unknown> {
  return fetch(prompt.flow === "browser" ? prompt.url : `${prompt.urlWithCode}&deny=1`);
}
