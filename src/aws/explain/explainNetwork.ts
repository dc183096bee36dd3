import type { CallFailure } from "../execution/failure.ts";
import type { Role } from "../role/role.ts";
import { type Explanation, whereWritten } from "./explanation.ts";

const unreachable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "TimeoutError",
]);

/** Node.js's and OpenSSL's codes for a certificate that is not trusted. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS|EPROTO|ERR_SSL/;

/** Explains a call that got no answer of AWS's, or one of something in between. */
export function explainNetwork(failure: CallFailure, role: Role): Explanation | undefined {
  const { code, message, httpStatus, requestId } = failure.cause;
  // Only AWS gives a request id, and its words may name anything: a user "proxy-admin", say.
  if (requestId !== undefined) return undefined;
  if (httpStatus === 407 || /proxy/i.test(message)) return proxyRefused(failure);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return nameNotFound(failure, role);
  if (untrusted.test(code)) return certificateNotTrusted(failure);
  if (unreachable.has(code)) return notReached(failure);
  if (code === "SyntaxError" || code === "UnreadableAnswer" || /deserializ/i.test(message)) {
    return strangeAnswer(failure);
  }
  return undefined;
}

function hostOf({ endpoint, region }: CallFailure): string {
  return endpoint ?? `STS in ${region}`;
}

function proxyRefused(failure: CallFailure): Explanation {
  return {
    what: `The proxy did not let the request to ${hostOf(failure)} through.`,
    why: `It answered: ${failure.cause.message.trim() || failure.cause.code}.`,
    fix: "Check the settings http.proxy and http.proxyAuthorization, then try again.",
    remedy: { kind: "try-again" },
  };
}

function nameNotFound(failure: CallFailure, role: Role): Explanation {
  const what = `${hostOf(failure)} was not found on the network.`;
  if (failure.cause.code === "EAI_AGAIN") {
    return {
      what,
      why: "No name server answered: this machine may be offline.",
      fix: "Check the network connection or VPN, then try again.",
      remedy: { kind: "try-again" },
    };
  }
  return {
    what,
    why: failure.endpoint
      ? "The configured endpoint's name leads nowhere, or this machine is offline."
      : `The region "${failure.region}" may be misspelt, or this machine is offline.`,
    fix: failure.endpoint
      ? "Check the endpoint URL and the network, then try again."
      : "Check the region and the network, then try again.",
    remedy: failure.endpoint ? { kind: "try-again" } : whereWritten(role, "region"),
  };
}

function certificateNotTrusted(failure: CallFailure): Explanation {
  return {
    what: `The connection to ${hostOf(failure)} is not trusted.`,
    why: `Its certificate was not accepted (${failure.cause.code}); a proxy that inspects traffic does that.`,
    fix: "Add your organization's root certificate to the system's store, or name it in NODE_EXTRA_CA_CERTS.",
    remedy: { kind: "try-again" },
  };
}

function notReached(failure: CallFailure): Explanation {
  return {
    what: `${hostOf(failure)} could not be reached.`,
    why: `The connection failed (${failure.cause.code}).`,
    fix: "Check the network connection, VPN and proxy, then try again.",
    remedy: { kind: "try-again" },
  };
}

function strangeAnswer(failure: CallFailure): Explanation {
  return {
    what: `${hostOf(failure)} answered with something that is not AWS's.`,
    why: "A proxy, a sign-in page of a network, or a wrong endpoint may stand in between.",
    fix: "Open a web page to see whether the network wants a sign-in, then try again.",
    remedy: { kind: "try-again" },
  };
}
