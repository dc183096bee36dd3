import type { IncomingMessage } from "node:http";

/** A request as it came over the wire: nothing decoded, nothing folded, so that a signature can be checked. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly target: string;
  /** Names as sent, repeated headers one by one and in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const MAX_BODY_BYTES = 1_000_000;

/** Reads a whole request. Rejects when the body is larger than any AWS query request may be. */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) {
      throw new Error("The request body is too large.");
    }
    chunks.push(bytes);
  }
  return {
    method: message.method ?? "GET",
    target: message.url ?? "/",
    headers: pairs(message.rawHeaders),
    body: Buffer.concat(chunks),
  };
}

function pairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return headers;
}

/** The first value of a header, by its name in lower case. */
export function header(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}

/** The path of a request, without its query. */
export function pathOf(request: HttpRequest): string {
  return request.target.split("?", 1)[0] ?? "";
}

/** The query of a request as sent, without the question mark. */
export function queryOf(request: HttpRequest): string {
  const mark = request.target.indexOf("?");
  return mark < 0 ? "" : request.target.slice(mark + 1);
}
