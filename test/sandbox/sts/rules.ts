import type { ListRule, Rules, TextRule } from "./validation.ts";

const ARN: TextRule = {
  kind: "text",
  min: 20,
  max: 2048,
  pattern:
    "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+",
};
const NAME: TextRule = { kind: "text", min: 2, max: 64, pattern: "[\\w+=,.@-]*" };
const POLICY: TextRule = {
  kind: "text",
  min: 1,
  pattern: "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
};
const POLICY_ARNS: ListRule = {
  kind: "list",
  max: 10,
  members: { arn: { ...ARN, required: true } },
};
const TAG_KEY: TextRule = {
  kind: "text",
  required: true,
  min: 1,
  max: 128,
  pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
};
const TAG_VALUE: TextRule = {
  kind: "text",
  required: true,
  max: 256,
  pattern: "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
};
const MFA: Rules = {
  SerialNumber: { kind: "text", min: 9, max: 256, pattern: "[\\w+=/:,.@-]*" },
  TokenCode: { kind: "text", min: 6, max: 6, pattern: "[\\d]*" },
};
const ROLE: Rules = {
  RoleArn: { ...ARN, required: true },
  RoleSessionName: { ...NAME, required: true },
  DurationSeconds: { kind: "integer", min: 900, max: 43_200 },
  PolicyArns: POLICY_ARNS,
};

/** The STS API reference's constraints. The size of an inline policy is judged with the packed size. */
export const ASSUME_ROLE: Rules = {
  ...ROLE,
  ...MFA,
  Policy: POLICY,
  Tags: { kind: "list", max: 50, members: { Key: TAG_KEY, Value: TAG_VALUE } },
  TransitiveTagKeys: { kind: "list", max: 50, members: { "": TAG_KEY } },
  ExternalId: { kind: "text", min: 2, max: 1224, pattern: "[\\w+=,.@:\\/-]*" },
  SourceIdentity: NAME,
};

export const ASSUME_ROLE_WITH_WEB_IDENTITY: Rules = {
  ...ROLE,
  Policy: { ...POLICY, max: 2048 },
  WebIdentityToken: { kind: "text", required: true, min: 4, max: 20_000 },
  ProviderId: { kind: "text", min: 4, max: 2048 },
};

export const GET_SESSION_TOKEN: Rules = {
  ...MFA,
  DurationSeconds: { kind: "integer", min: 900, max: 129_600 },
};

export const GET_ACCESS_KEY_INFO: Rules = {
  AccessKeyId: { kind: "text", required: true, min: 16, max: 128, pattern: "[\\w]*" },
};

export const DECODE_AUTHORIZATION_MESSAGE: Rules = {
  EncodedMessage: { kind: "text", required: true, min: 1, max: 10_240 },
};
