import { packageExtension } from "./build/extensionPackage.ts";

packageExtension();
