/** The door of the hosts: what the machine, and whoever runs examples, starts and calls. */
export type { ContainmentFact } from './containment-facts.ts';
export { type Deed, deedIn, deeds } from './deed.ts';
export { HostDied } from './host-died.ts';
export { type ComponentCode, type Hosts, type HostsOptions, openHosts } from './open-hosts.ts';
export { processorMs } from './processor-time.ts';
export { openMemoryGauge } from './resident-memory.ts';
export type { HostCall } from './running-call.ts';
