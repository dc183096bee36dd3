import { ClientRequest, type ClientRequestArgs, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { urlToHttpOptions } from "node:url";

/** A request to a service of the machine itself. */
export interface MetadataRequest {
  readonly url: URL;
  readonly method?: "GET" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole of it: connection, answer and body. Ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface MetadataAnswer {
  readonly status: number;
  readonly body: string;
}

/** Thrown where there was no whole answer. */
export class NoAnswer extends Error {
  /** Whether someone took the connection, and then said nothing. */
  readonly connected: boolean;

  constructor(reason: string, connected: boolean) {
    super(reason);
    this.connected = connected;
  }
}

/** Credentials are below 2 KB. */
const longestBody = 65_536;

/** Makes one request, without following redirects and without trying again. Throws `NoAnswer`. */
export function metadataRequest(wanted: MetadataRequest): Promise<MetadataAnswer> {
  const { url, method = "GET", headers = {}, timeoutMs, signal } = wanted;
  return new Promise((resolve, reject) => {
    let connected = false;
    const request = open(url, { ...urlToHttpOptions(url), method, headers, signal, agent: false });
    const timer = setTimeout(() => request.destroy(new Error("It took too long.")), timeoutMs);
    const fail = (error: Error & { readonly code?: unknown }): void => {
      clearTimeout(timer);
      reject(new NoAnswer(typeof error.code === "string" ? error.code : error.message, connected));
    };
    request.once("socket", (socket) => socket.once("connect", () => (connected = true)));
    request.once("response", (response) => {
      bodyOf(response).then((body) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, body });
      }, fail);
    });
    request.once("error", fail);
    request.end();
  });
}

/**
 * VS Code leads `http.request` through the proxy of its settings. These services are reached from
 * this machine only: a proxy would answer with its own identity, or not at all.
 */
function open(url: URL, options: ClientRequestArgs): ClientRequest {
  return url.protocol === "https:" ? httpsRequest(options) : new ClientRequest(options);
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > longestBody) throw new Error("The answer is too long.");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
