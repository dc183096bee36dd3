import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SsoError } from "./call.ts";

const path = "/oauth/callback";

/** A server on this machine that the browser is sent back to once the user has signed in. */
export interface LoopbackRedirect {
  readonly uri: string;
  /** The authorization code. Throws `SsoError` if the user or Identity Center refused. */
  readonly code: Promise<string>;
  close(): void;
}

/**
 * Listens on a free loopback port for one redirect that shows the state that was sent.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function listenForRedirect(state: string): Promise<LoopbackRedirect> {
  const server = createServer();
  const code = new Promise<string>((resolve, reject) => {
    server.on("request", (request, response) => {
      const query = redirectQuery(request);
      if (query === undefined || !isSame(query.get("state") ?? "", state)) {
        return answer(response, 404, "This is not the sign-in that the editor waits for.");
      }
      const given = query.get("code");
      if (given) {
        answer(response, 200, "You are signed in. Close this page and go back to the editor.");
        return resolve(given);
      }
      answer(response, 200, "The sign-in was refused. Close this page and go back to the editor.");
      return reject(refusal(query));
    });
  });
  // Whoever closes the server early may never look at it.
  code.catch(() => undefined);
  await listening(server);
  const { port } = server.address() as AddressInfo;
  return {
    uri: `http://127.0.0.1:${port}${path}`,
    code,
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

function redirectQuery(request: IncomingMessage): URLSearchParams | undefined {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  return request.method === "GET" && url.pathname === path ? url.searchParams : undefined;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** OAuth's word for the refusal, as the code that AWS gives it. */
function refusal(query: URLSearchParams): SsoError {
  const word = query.get("error") ?? "";
  return new SsoError({
    code: word === "access_denied" ? "AccessDeniedException" : "SignInRefused",
    message: (query.get("error_description") || word || "No code came back").slice(0, 200),
  });
}

function answer(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "no-store",
    Connection: "close",
  });
  response.end(`<!doctype html><title>AWS Assume Role</title><p>${words}</p>`);
}
