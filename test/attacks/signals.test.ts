/** Signalling other processes from a host's process. */
import { attackProcesses } from './harness/attack-processes.ts';

await attackProcesses('signals', 3);
