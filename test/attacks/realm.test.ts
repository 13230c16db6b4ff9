/** Reaching the realm and the process from inside an isolate. */
import { attackIsolates } from './harness/attack-isolates.ts';

await attackIsolates('realm', { succeedNaively: 10 });
