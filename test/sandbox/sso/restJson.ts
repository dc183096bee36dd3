import { randomBytes } from "node:crypto";
import { AwsError } from "../awsError.ts";
import { CANARY } from "../canary.ts";
import type { HttpAnswer } from "../http.ts";
import type { ServiceAnswer } from "../service.ts";

/** An answer of AWS's REST-JSON protocol. */
export function jsonAnswer(
  requestId: string,
  body: unknown,
  { status = 200, headers = {} }: Partial<Pick<HttpAnswer, "headers" | "status">> = {},
): HttpAnswer {
  return {
    status,
    headers: { "x-amzn-RequestId": requestId, "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

/** An error as REST-JSON has it: the code in a header, the words in a body of the service's own. */
export function jsonError(
  requestId: string,
  thrown: unknown,
  bodyOf: (error: AwsError) => unknown,
): ServiceAnswer {
  const error =
    thrown instanceof AwsError
      ? thrown
      : new AwsError("InternalServerException", 500, String(thrown));
  const { code, status } = error;
  const headers = { "x-amzn-ErrorType": code };
  return { http: jsonAnswer(requestId, bodyOf(error), { status, headers }), errorCode: code };
}

/** A secret of the sandbox: nobody guesses it, and a test finds it by its canary. */
export function secret(prefix: string): string {
  return `${prefix}${CANARY}${randomBytes(24).toString("base64url")}`;
}
