import type { HttpAnswer, HttpRequest } from "./http.ts";

/** A request as a simulated service understands it. */
export interface ServiceCall {
  /** Such as `AssumeRole`; empty if the request names none. */
  readonly operation: string;
  /** For the record: no secrets. */
  readonly params: Readonly<Record<string, string>>;
  /** Does the work and answers. Denials are answers too. */
  answer(requestId: string): ServiceAnswer;
  /** An error in the service's own format that it did not raise itself, for injected faults. */
  fail(requestId: string, error: Error): ServiceAnswer;
}

export interface ServiceAnswer {
  readonly http: HttpAnswer;
  /** Who asked, once that is known. */
  readonly callerArn?: string;
  readonly region?: string;
  readonly errorCode?: string;
}

/** One simulated AWS service. They share a port, so each says which requests are its own. */
export interface Service {
  readonly name: string;
  /** `undefined` if the request is for someone else. */
  accept(request: HttpRequest): ServiceCall | undefined;
}
