// Installs and builds, nothing else.
import { setUp } from './toolchain.mjs';

await setUp();
