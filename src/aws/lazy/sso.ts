/**
 * What speaks to IAM Identity Center: the SDK's clients, and our own way of signing in. A bundle of
 * its own (esbuild.mjs): it is loaded for the first role of Identity Center, never at activation.
 */
export { SsoAccess } from "../sso/access.ts";
