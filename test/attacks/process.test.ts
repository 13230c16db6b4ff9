/** Reaching files, network, programs, users and memory from a host's process, outside its isolates. */
import { attackProcesses } from './harness/attack-processes.ts';

await attackProcesses('process', 12);
