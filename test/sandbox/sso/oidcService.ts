import { AwsError } from "../awsError.ts";
import { type HttpAnswer, type HttpRequest, pathOf, queryOf } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";
import { OidcError, oidcError } from "./oidcErrors.ts";
import { jsonAnswer, jsonError } from "./restJson.ts";
import type { OidcClient, SignIns, TokenAnswer } from "./signIns.ts";

const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const LOOPBACK_REDIRECT = /^http:\/\/127\.0\.0\.1(:\d+)?\/oauth\/callback$/;

type Body = Readonly<Record<string, unknown>>;

interface OidcCall {
  readonly signIns: SignIns;
  /** `http://127.0.0.1:PORT` as the client called it, for the addresses in answers. */
  readonly origin: string;
  readonly body: Body;
}

const OPERATIONS: ReadonlyMap<
  string,
  { readonly operation: string; readonly run: (call: OidcCall) => unknown }
> = new Map([
  ["/client/register", { operation: "RegisterClient", run: registerClient }],
  [
    "/device_authorization",
    { operation: "StartDeviceAuthorization", run: startDeviceAuthorization },
  ],
  ["/token", { operation: "CreateToken", run: createToken }],
]);

/**
 * SSO OIDC by its REST-JSON protocol, and the two pages that a person opens in a browser, where one
 * request approves: `/authorize?…`, and `/device?user_code=…` (with `&deny=1` it denies).
 */
export function oidcService(signIns: SignIns): Service {
  return {
    name: "sso-oidc",
    accept(request) {
      const page = browserPage(signIns, request);
      if (page !== undefined) return page;
      const known = OPERATIONS.get(pathOf(request));
      if (known === undefined || request.method !== "POST") return undefined;
      const body = bodyOf(request);
      return {
        operation: known.operation,
        params: recorded(body),
        answer: (requestId) => {
          try {
            const call = { signIns, origin: originOf(request), body };
            return { http: jsonAnswer(requestId, known.run(call)) };
          } catch (error) {
            return errorAnswer(requestId, error);
          }
        },
        fail: errorAnswer,
      };
    },
  };
}

function errorAnswer(requestId: string, thrown: unknown): ServiceAnswer {
  return jsonError(requestId, thrown, (error) => ({
    error: error instanceof OidcError ? error.word : error.code,
    error_description: error.message,
  }));
}

function registerClient({ signIns, body }: OidcCall): unknown {
  if (text(body, "clientType") !== "public") {
    throw oidcError("InvalidClientMetadataException", "invalid_client_metadata");
  }
  const redirectUris = list(body, "redirectUris");
  if (!redirectUris.every((uri) => LOOPBACK_REDIRECT.test(uri))) {
    throw oidcError("InvalidRedirectUriException", "invalid_redirect_uri");
  }
  const grantTypes = list(body, "grantTypes");
  const client = signIns.register({
    grantTypes: grantTypes.length > 0 ? grantTypes : [DEVICE_GRANT, "refresh_token"],
    issuerUrl: body["issuerUrl"] === undefined ? undefined : text(body, "issuerUrl"),
    redirectUris,
    scopes: list(body, "scopes"),
  });
  return {
    clientId: client.id,
    clientIdIssuedAt: Math.floor(client.issuedAt / 1000),
    clientSecret: client.secret,
    clientSecretExpiresAt: Math.floor(client.expiresAt / 1000),
  };
}

function startDeviceAuthorization({ signIns, origin, body }: OidcCall): unknown {
  const client = clientOf(signIns, body, DEVICE_GRANT);
  const started = signIns.startDevice(client, text(body, "startUrl"));
  const verificationUri = `${origin}/device`;
  return {
    ...started,
    verificationUri,
    verificationUriComplete: `${verificationUri}?user_code=${started["userCode"]}`,
  };
}

function createToken({ signIns, body }: OidcCall): TokenAnswer {
  const grant = text(body, "grantType");
  const client = clientOf(signIns, body, grant);
  switch (grant) {
    case DEVICE_GRANT:
      return signIns.tokenOfDevice(client, text(body, "deviceCode"));
    case "authorization_code":
      return signIns.tokenOfCode(
        client,
        text(body, "code"),
        text(body, "codeVerifier"),
        text(body, "redirectUri"),
      );
    case "refresh_token":
      return signIns.tokenOfRefresh(client, text(body, "refreshToken"));
    default:
      throw oidcError("UnsupportedGrantTypeException", "unsupported_grant_type");
  }
}

function clientOf(signIns: SignIns, body: Body, grant: string): OidcClient {
  const client = signIns.client(text(body, "clientId"), text(body, "clientSecret"));
  if (client.grantTypes.includes(grant)) return client;
  throw oidcError("UnauthorizedClientException", "unauthorized_client");
}

/** A page for a person, who approves by opening it. */
function browserPage(signIns: SignIns, request: HttpRequest): ReturnType<Service["accept"]> {
  const path = pathOf(request);
  if (request.method !== "GET" || (path !== "/authorize" && path !== "/device")) return undefined;
  const query = new URLSearchParams(queryOf(request));
  const show = path === "/authorize" ? authorizePage : devicePage;
  const refuse = (error: unknown): ServiceAnswer => ({
    http: html(400, error instanceof AwsError ? error.message || error.code : String(error)),
  });
  return {
    operation: path === "/authorize" ? "Authorize" : "ApproveDevice",
    params: {},
    answer: () => {
      try {
        return { http: show(signIns, query) };
      } catch (error) {
        return refuse(error);
      }
    },
    fail: (_requestId, error) => refuse(error),
  };
}

function authorizePage(signIns: SignIns, query: URLSearchParams): HttpAnswer {
  const client = signIns.client(query.get("client_id") ?? "");
  const redirectUri = query.get("redirect_uri") ?? "";
  const isRegistered =
    LOOPBACK_REDIRECT.test(redirectUri) &&
    client.redirectUris.includes(redirectUri.replace(/:\d+(?=\/)/, ""));
  if (!isRegistered) throw oidcError("InvalidRedirectUriException", "invalid_redirect_uri");
  const challenge = query.get("code_challenge") ?? "";
  if (query.get("response_type") !== "code" || query.get("code_challenge_method") !== "S256") {
    throw oidcError("InvalidRequestException", "invalid_request");
  }
  const scopes = (query.get("scopes") ?? "").split(" ");
  if (!scopes.every((scope) => client.scopes.includes(scope))) {
    throw oidcError("InvalidScopeException", "invalid_scope");
  }
  const target = new URL(redirectUri);
  target.searchParams.set("code", signIns.authorize(client, challenge, redirectUri));
  target.searchParams.set("state", query.get("state") ?? "");
  return { ...html(302, "Signed in."), headers: { Location: target.href } };
}

function devicePage(signIns: SignIns, query: URLSearchParams): HttpAnswer {
  const decision = query.has("deny") ? "denied" : "approved";
  return signIns.decideDevice(query.get("user_code") ?? "", decision)
    ? html(200, `The sign-in was ${decision}.`)
    : html(404, "No device shows this code.");
}

function html(status: number, words: string): HttpAnswer {
  return { status, headers: { "Content-Type": "text/html" }, body: `<html><p>${words}` };
}

function originOf(request: HttpRequest): string {
  const host = request.headers.find(([name]) => name.toLowerCase() === "host")?.[1];
  return `http://${host ?? "127.0.0.1"}`;
}

function bodyOf(request: HttpRequest): Body {
  try {
    const body: unknown = JSON.parse(request.body.toString());
    return typeof body === "object" && body !== null ? (body as Body) : {};
  } catch {
    // No JSON has no parameters: the operation misses those that it needs.
    return {};
  }
}

/** Throws `InvalidRequestException` if it is not there. */
function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw oidcError("InvalidRequestException", "invalid_request", `${name} is missing`);
}

function list(body: Body, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? value.map(String) : [];
}

/** What of a request is no secret. */
function recorded(body: Body): Record<string, string> {
  const names = ["clientName", "grantType", "grantTypes", "issuerUrl", "redirectUris", "scopes"];
  return Object.fromEntries(
    [...names, "startUrl"].flatMap((name) =>
      body[name] === undefined ? [] : [[name, String(body[name])]],
    ),
  );
}
