import { AwsError } from "../awsError.ts";
import { type HttpRequest, header, queryOf } from "../http.ts";

/** What a signed request says about its own signature; nothing of it is checked yet. */
export interface SignatureClaims {
  readonly accessKeyId: string;
  /** `date/region/service/aws4_request`, as sent. */
  readonly scope: string;
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** ISO 8601 basic form: `20150830T123600Z`. */
  readonly date: string;
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  readonly sessionToken: string | undefined;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/**
 * Reads the signature of a request, from its `Authorization` header or, when presigned, from its query.
 * Throws `MissingAuthenticationToken` when there is none and `IncompleteSignature` when it is malformed.
 */
export function readClaims(request: HttpRequest): SignatureClaims {
  const authorization = header(request, "authorization");
  if (authorization !== undefined) {
    return claimsOfHeader(request, authorization);
  }
  const query = new URLSearchParams(queryOf(request));
  if (query.has("X-Amz-Signature")) {
    return claimsOfQuery(query);
  }
  throw new AwsError("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
}

function claimsOfHeader(request: HttpRequest, authorization: string): SignatureClaims {
  const [algorithm, rest] = splitOnce(authorization, " ");
  if (algorithm !== ALGORITHM) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  const fields = new Map(
    rest.split(",").map((field) => {
      const [name, value] = splitOnce(field.trim(), "=");
      if (!field.includes("=")) {
        throw incomplete(
          `'${field.trim()}' not a valid key=value pair (missing equal-sign) in Authorization header`,
        );
      }
      return [name, value] as const;
    }),
  );
  const date = isoDate(header(request, "x-amz-date") ?? header(request, "date"));
  return assemble({
    requirement: "Authorization header requires",
    field: (name) => fields.get(name),
    date,
    sessionToken: header(request, "x-amz-security-token"),
  });
}

function claimsOfQuery(query: URLSearchParams): SignatureClaims {
  const algorithm = query.get("X-Amz-Algorithm");
  if (algorithm !== ALGORITHM) {
    throw incomplete(`Unsupported AWS 'algorithm': '${algorithm}'.`);
  }
  return assemble({
    requirement: "AWS query-string parameters must include",
    field: (name) => query.get(`X-Amz-${name}`) ?? undefined,
    date: isoDate(query.get("X-Amz-Date") ?? undefined),
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
  });
}

interface Parts {
  readonly requirement: string;
  readonly field: (name: string) => string | undefined;
  readonly date: string;
  readonly sessionToken: string | undefined;
}

function assemble(parts: Parts): SignatureClaims {
  const required = (name: string): string => {
    const value = parts.field(name);
    if (value === undefined || value === "") {
      throw incomplete(`${parts.requirement} '${name}' parameter.`);
    }
    return value;
  };
  const [accessKeyId, scope] = splitOnce(required("Credential"), "/");
  const [scopeDate, region, service, terminator, ...more] = scope.split("/");
  if (
    scopeDate === undefined ||
    region === undefined ||
    service === undefined ||
    terminator === undefined ||
    more.length > 0
  ) {
    throw incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${accessKeyId}/${scope}'`,
    );
  }
  const signedHeaders = required("SignedHeaders").split(";");
  const signature = required("Signature");
  const { date, sessionToken } = parts;
  return {
    accessKeyId,
    scope,
    scopeDate,
    region,
    service,
    terminator,
    date,
    signedHeaders,
    signature,
    sessionToken,
  };
}

function isoDate(sent: string | undefined): string {
  if (sent !== undefined && /^\d{8}T\d{6}Z$/.test(sent)) {
    return sent;
  }
  const parsed = Date.parse(sent ?? "");
  if (Number.isNaN(parsed)) {
    throw incomplete(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  return basicDate(parsed);
}

/** A moment (milliseconds since the epoch) in the form that signatures use: `20150830T123600Z`. */
export function basicDate(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/[:-]|\.\d{3}/g, "");
}

/** The inverse of `basicDate`. */
export function parseBasicDate(date: string): number {
  return Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function incomplete(message: string): AwsError {
  return new AwsError("IncompleteSignature", 400, message);
}
