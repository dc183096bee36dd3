import { AwsError, accessDenied } from "../awsError.ts";
import { authenticate, type Caller } from "../cloud/authenticate.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { arnOf } from "../cloud/principal.ts";
import type { HttpAnswer, HttpRequest } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";
import { assumeRole } from "./assumeRole.ts";
import { decodeAuthorizationMessage, getAccessKeyInfo, getCallerIdentity } from "./inquiries.ts";
import type { SignedOperation } from "./operation.ts";
import { isQueryRequest, Params } from "./params.ts";
import { getSessionToken } from "./sessionToken.ts";
import { assumeRoleWithWebIdentity } from "./webIdentity.ts";
import { stsDocument, type XmlContent } from "./xml.ts";

const VERSION = "2011-06-15";

const SIGNED: ReadonlyMap<string, SignedOperation> = new Map([
  ["AssumeRole", assumeRole],
  ["DecodeAuthorizationMessage", decodeAuthorizationMessage],
  ["GetAccessKeyInfo", getAccessKeyInfo],
  ["GetCallerIdentity", getCallerIdentity],
  ["GetSessionToken", getSessionToken],
]);

/** What credentials of GetSessionToken may call (IAM documentation, "Compare AWS STS credentials"). */
const ALLOWED_TO_USER_SESSIONS: ReadonlySet<string> = new Set(["AssumeRole", "GetCallerIdentity"]);

/** The Security Token Service, by its query protocol. */
export function stsService(cloud: Cloud): Service {
  return {
    name: "sts",
    accept(request) {
      if (!isQueryRequest(request)) {
        return undefined;
      }
      const params = Params.of(request);
      const operation = params.text("Action") ?? "";
      return {
        operation,
        params: params.redacted(),
        answer: (requestId) => answer(cloud, request, { operation, params, requestId }),
        fail: (requestId, error) => errorAnswer(requestId, error),
      };
    },
  };
}

interface StsRequest {
  readonly operation: string;
  readonly params: Params;
  readonly requestId: string;
}

function answer(cloud: Cloud, request: HttpRequest, sts: StsRequest): ServiceAnswer {
  let caller: Caller | undefined;
  try {
    const { operation, params, requestId } = sts;
    const signed = SIGNED.get(operation);
    checkOperation(operation, params.text("Version"));
    if (signed === undefined) {
      return success(sts, assumeRoleWithWebIdentity(cloud, params));
    }
    caller = authenticate(cloud, request, "sts");
    checkSession(caller, operation);
    const result = signed({ cloud, caller, params });
    return { ...success({ operation, params, requestId }, result), ...whoOf(caller) };
  } catch (error) {
    return { ...errorAnswer(sts.requestId, error), ...whoOf(caller) };
  }
}

function checkOperation(operation: string, version: string | undefined): void {
  if (operation === "") {
    throw new AwsError("MissingAction", 400, "The request must contain the parameter Action.");
  }
  const exists = SIGNED.has(operation) || operation === "AssumeRoleWithWebIdentity";
  if (!exists || version !== VERSION) {
    throw new AwsError(
      "InvalidAction",
      400,
      `Could not find operation ${operation} for version ${version ?? "NO_VERSION_SPECIFIED"}`,
    );
  }
}

function checkSession(caller: Caller, operation: string): void {
  if (
    caller.session !== undefined &&
    caller.principal.kind === "user" &&
    !ALLOWED_TO_USER_SESSIONS.has(operation)
  ) {
    throw accessDenied(`Cannot call ${operation} with session credentials`);
  }
}

function whoOf(caller: Caller | undefined): Pick<ServiceAnswer, "callerArn" | "region"> {
  return caller === undefined ? {} : { callerArn: arnOf(caller.principal), region: caller.region };
}

function success({ operation, requestId }: StsRequest, result: XmlContent): ServiceAnswer {
  const body = stsDocument(`${operation}Response`, {
    [`${operation}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  });
  return { http: xmlAnswer(200, requestId, body) };
}

function errorAnswer(requestId: string, error: unknown): ServiceAnswer {
  const { code, status, message } =
    error instanceof AwsError ? error : new AwsError("InternalFailure", 500, String(error));
  const body = stsDocument("ErrorResponse", {
    Error: { Type: status >= 500 ? "Receiver" : "Sender", Code: code, Message: message },
    RequestId: requestId,
  });
  return { http: xmlAnswer(status, requestId, body), errorCode: code };
}

function xmlAnswer(status: number, requestId: string, body: string): HttpAnswer {
  return { status, headers: { "x-amzn-RequestId": requestId, "Content-Type": "text/xml" }, body };
}
