/** Poisoning the next call of the same component, or a neighbour in the same host. */
import { attackIsolates } from './harness/attack-isolates.ts';

await attackIsolates('next-call', { succeedNaively: 4 });
