import { createHash, createHmac } from "node:crypto";
import { type HttpRequest, pathOf, queryOf } from "../http.ts";

/**
 * The canonical form of a request (AWS documentation, "Create a signed AWS API request", step 1),
 * with the path rules of every service but S3: normalised, then each segment encoded once more.
 * @param signedHeaders names in lower case
 */
export function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  const names = [...signedHeaders].sort();
  return [
    request.method,
    canonicalPath(pathOf(request)),
    canonicalQuery(queryOf(request)),
    ...names.map((name) => `${name}:${canonicalHeader(request, name)}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
}

/** Step 2: what is signed. `date` is in ISO 8601 basic form, `scope` is `date/region/service/aws4_request`. */
export function stringToSign(date: string, scope: string, canonical: string): string {
  return ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n");
}

/** Steps 3 and 4: the key derived from the secret and the scope, and the signature in hexadecimal. */
export function signatureOf(secret: string, scope: string, text: string): string {
  const key = scope.split("/").reduce(hmac, Buffer.from(`AWS4${secret}`));
  return hmac(key, text).toString("hex");
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      segments.pop();
    } else if (segment !== "" && segment !== ".") {
      segments.push(uriEncode(segment));
    }
  }
  const isFolder = /\/\.{0,2}$/.test(path) && segments.length > 0;
  return `/${segments.join("/")}${isFolder ? "/" : ""}`;
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((part) => part !== "" && !part.startsWith("X-Amz-Signature="))
    .map((part) => {
      const equals = part.indexOf("=");
      const [name, value] =
        equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
      return [uriEncode(uriDecode(name)), uriEncode(uriDecode(value))] as const;
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Code point order; `localeCompare` would sort by the rules of a language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalHeader(request: HttpRequest, name: string): string {
  return request.headers
    .filter(([candidate]) => candidate.toLowerCase() === name)
    .map(([, value]) => value.trim().replace(/\s+/g, " "))
    .join(",");
}

/** RFC 3986: everything but letters, digits, `-`, `.`, `_` and `~`. */
function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
