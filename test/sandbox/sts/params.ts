import { type HttpRequest, pathOf, queryOf } from "../http.ts";

const SECRET_PARAMS: ReadonlySet<string> = new Set(["TokenCode", "WebIdentityToken"]);

/** The parameters of a query-protocol request: flat names, lists spelt out as `Tags.member.1.Key`. */
export class Params {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** From the query and, of a POST, the form. A presigned POST has everything in its query. */
  static of(request: HttpRequest): Params {
    const form = request.method === "POST" ? request.body.toString("utf8") : "";
    const texts = [queryOf(request), form];
    return new Params(new Map(texts.flatMap((text) => [...new URLSearchParams(text)])));
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** A parameter that validation has already found to be there. */
  required(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) {
      throw new TypeError(`The parameter ${name} was not validated before it was read.`);
    }
    return value;
  }

  /** The full names of a list's members, in order: `Tags.member.1`, `Tags.member.2`. */
  members(name: string): readonly string[] {
    const numbers = [...this.#values.keys()]
      .map((key) => new RegExp(`^${name}\\.member\\.(\\d+)(\\.|$)`).exec(key)?.[1])
      .filter((number) => number !== undefined)
      .map(Number);
    return [...new Set(numbers)].sort((a, b) => a - b).map((n) => `${name}.member.${n}`);
  }

  /** For a log: without the protocol's own fields, and with secrets replaced. */
  redacted(): Readonly<Record<string, string>> {
    const shown = [...this.#values]
      .filter(([name]) => name !== "Action" && name !== "Version" && !name.startsWith("X-Amz-"))
      .map(([name, value]) => [name, SECRET_PARAMS.has(name) ? "(hidden)" : value] as const);
    return Object.fromEntries(shown);
  }
}

/** Whether a request speaks the query protocol to the root of the server, as STS requests do. */
export function isQueryRequest(request: HttpRequest): boolean {
  return pathOf(request) === "/" && (request.method === "POST" || request.method === "GET");
}
