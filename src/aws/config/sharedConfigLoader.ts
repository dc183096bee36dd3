/**
 * The SDK's parser of the shared config files. A bundle of its own (esbuild.mjs), so that the role
 * picker opens without loading the SDK.
 */
export { loadSharedConfigFiles } from "@smithy/shared-ini-file-loader";
