import type { Caller } from "../cloud/authenticate.ts";
import type { Cloud } from "../cloud/cloud.ts";
import type { Params } from "./params.ts";
import type { XmlContent } from "./xml.ts";

/** A request to an operation that wants a signature. */
export interface SignedCall {
  readonly cloud: Cloud;
  readonly caller: Caller;
  readonly params: Params;
}

/** Answers with the content of the `…Result` element, or throws an `AwsError`. */
export type SignedOperation = (call: SignedCall) => XmlContent;
