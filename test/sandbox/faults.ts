import { AwsError } from "./awsError.ts";

/** Something that goes wrong before the service has done anything. Only `delay` lets the request go on. */
export type Fault =
  /** 400 `Throttling`, as STS answers when the account's rate is exceeded. */
  | { readonly kind: "throttling" }
  /** 500 `InternalFailure`. */
  | { readonly kind: "internal-failure" }
  /** 503 `ServiceUnavailable`. */
  | { readonly kind: "service-unavailable" }
  /** Any other error, for codes that the sandbox has no cause for. */
  | { readonly kind: "error"; readonly error: AwsError }
  /** The answer comes this many milliseconds of real time later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The connection ends without an answer. */
  | { readonly kind: "cut" }
  /** 200 with a body that is not XML, as a captive portal answers. */
  | { readonly kind: "garbage" };

export interface FaultScope {
  /** Such as `AssumeRole`; every operation if absent. */
  readonly operation?: string;
  /** How many matching requests are hit; 1 if absent. */
  readonly times?: number;
}

/** What goes wrong, on demand. Each request meets at most one fault: the oldest that matches. */
export class Faults {
  #pending: { readonly fault: Fault; readonly operation: string | undefined; left: number }[] = [];

  inject(fault: Fault, scope: FaultScope = {}): void {
    this.#pending.push({ fault, operation: scope.operation, left: scope.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** Takes the fault that a request of this operation meets. */
  take(operation: string): Fault | undefined {
    const hit = this.#pending.find(
      (pending) => pending.operation === undefined || pending.operation === operation,
    );
    if (hit !== undefined) {
      hit.left -= 1;
      this.#pending = this.#pending.filter(({ left }) => left > 0);
    }
    return hit?.fault;
  }
}

/** The error that a fault answers with, if it is one that answers with an error. */
export function errorOf(fault: Fault): AwsError | undefined {
  switch (fault.kind) {
    case "throttling":
      return new AwsError("Throttling", 400, "Rate exceeded");
    case "internal-failure":
      return new AwsError("InternalFailure", 500, "The request processing has failed.");
    case "service-unavailable":
      return new AwsError("ServiceUnavailable", 503, "The service is temporarily unavailable.");
    case "error":
      return fault.error;
    default:
      return undefined;
  }
}
