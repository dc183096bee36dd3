import { randomBytes } from "node:crypto";
import { AwsError } from "../awsError.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { type HttpAnswer, pathOf, queryOf } from "../http.ts";
import type { Service, ServiceAnswer } from "../service.ts";

const TOKEN_LIFE_MS = 15 * 60_000;

/**
 * The federation endpoint of AWS's sign-in: a session becomes a token, and a token a browser that is
 * signed in to the console.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function federationService(cloud: Cloud): Service {
  const tokens = new Map<string, { readonly arn: string; readonly expiresAt: number }>();
  return {
    name: "signin",
    accept(request) {
      if (pathOf(request) !== "/federation") return undefined;
      const query = new URLSearchParams(queryOf(request));
      const action = query.get("Action");
      const duration = query.get("SessionDuration");
      const destination = query.get("Destination");
      return {
        operation: action === "login" ? "ConsoleLogin" : "GetSigninToken",
        params: {
          ...(duration && { SessionDuration: duration }),
          ...(destination && { Destination: destination }),
        },
        answer: () => {
          try {
            return action === "login" ? login(query) : signInToken(query);
          } catch (error) {
            return refuse(error);
          }
        },
        fail: (_requestId, error) => refuse(error),
      };
    },
  };

  function signInToken(query: URLSearchParams): ServiceAnswer {
    const { sessionId, sessionKey, sessionToken } = JSON.parse(query.get("Session") ?? "{}");
    const session = cloud.sessions.find(sessionId);
    const now = cloud.clock.now();
    const isHonoured =
      session !== undefined &&
      session.secretAccessKey === sessionKey &&
      session.sessionToken === sessionToken &&
      now < session.expiresAt;
    if (!isHonoured || session.principal.kind !== "role") throw badRequest();
    const duration = query.get("SessionDuration");
    if (duration !== null && (session.chained || !isDuration(Number(duration)))) throw badRequest();
    const { account, role, sessionName } = session.principal;
    const token = randomBytes(64).toString("base64url");
    const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${sessionName}`;
    tokens.set(token, { arn, expiresAt: now + TOKEN_LIFE_MS });
    const body = JSON.stringify({ SigninToken: token });
    return { http: { status: 200, headers: { "Content-Type": "application/json" }, body } };
  }

  function login(query: URLSearchParams): ServiceAnswer {
    const known = tokens.get(query.get("SigninToken") ?? "");
    if (known === undefined || cloud.clock.now() >= known.expiresAt) throw badRequest();
    const words = `Signed in as ${known.arn} at ${query.get("Destination")}`;
    return { http: page(200, words), callerArn: known.arn };
  }
}

function isDuration(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200;
}

function badRequest(): AwsError {
  return new AwsError("BadRequest", 400, "The request is not one that AWS's sign-in takes.");
}

function refuse(error: unknown): ServiceAnswer {
  return { http: page(400, error instanceof AwsError ? error.message : "Invalid request") };
}

function page(status: number, words: string): HttpAnswer {
  const text = words.replace(/[<&]/g, "");
  return { status, headers: { "Content-Type": "text/html" }, body: `<html><p>${text}` };
}
