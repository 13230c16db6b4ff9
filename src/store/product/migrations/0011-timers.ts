/**
 * Transitions that the clock makes, as far as rows that stood there before are counted: `timer` is the states and the time that the
 * entry holds for, `activation` the last one that went by it: what was written between others is not known here. What is due stands among the deliveries. The journal tells by row whether it has left a state since.
 */
export const timers: readonly string[] = [
  'create table theseus.timers (transition text primary key, timer text not null, activation bigint not null, since timestamptz not null)',
  'grant select, insert, update, delete on theseus.timers to theseus_kernel',
];
